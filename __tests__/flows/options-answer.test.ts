/** A question that cannot be asked names the option that answers it: that option has to answer just this question. */
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {optionOf} from '../../src/app/options.js'
import type {OptionName} from '../../src/domain/option-names.js'

/** What these lead to is not the answer to one question: the path, the folder, the key that is read, the fixes that are taken. */
const OTHERWISE: readonly string[] = ['path', 'service', 'keys-from']

/** Of each flow the questions (without those that the flow itself takes a yes for) with the options that they name, as they stand in the source. */
function named(): readonly {readonly id: string; readonly options: readonly string[]}[] {
  const files = readdirSync('flows', {recursive: true, encoding: 'utf8'}).filter((name) =>
    name.endsWith('.ts'),
  )
  return files.flatMap((file) => {
    let id = ''
    return readFileSync(join('flows', file), 'utf8')
      .split('\n')
      .flatMap((line) => {
        id = /\bid: .*'([\w-]+)',?$/.exec(line)?.[1] ?? id
        const options = /unattended: \{option: '([^']+)'/.exec(line)?.[1]
        return options === undefined || /isYes/.test(line)
          ? []
          : [{id: id || file, options: [...options.matchAll(/--([\w-]+)/g)].map(([, name]) => name!)}]
      })
  })
}

test('each option that is named answers the question that names it', () => {
  const questions = named()
  expect(questions.length).toBeGreaterThan(30)
  const idle = questions.filter(
    ({id, options}) =>
      !options.some((name) => OTHERWISE.includes(name)) &&
      !options.some((name) => Object.hasOwn(optionOf(name as OptionName).answers ?? {}, id)),
  )
  expect(idle.map(({id}) => id)).toEqual([])
})
