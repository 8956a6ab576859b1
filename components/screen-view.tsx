import {Box} from 'ink'
import type {Area} from './area.js'
import {Rows} from './rows.js'
import {screenAreas, type ScreenProps} from './screen.js'

export function ScreenView(props: ScreenProps) {
  return (
    <Box flexDirection="column">
      {screenAreas(props).map((area, index) => (
        <AreaView key={index} {...area} />
      ))}
    </Box>
  )
}

export function AreaView({parts, aria}: Area) {
  return (
    <Box flexDirection="column" {...(aria ? {'aria-role': aria.role} : {})} {...ariaState(aria?.state)}>
      {parts.map((part, index) => (
        <Box
          key={index}
          flexDirection="column"
          {...(part.aria ? {'aria-role': part.aria.role} : {})}
          {...ariaState(part.aria?.state)}
        >
          <Rows lines={part.lines} />
        </Box>
      ))}
    </Box>
  )
}

function ariaState<T extends object>(state: T | undefined): {'aria-state'?: T} {
  return state ? {'aria-state': state} : {}
}
