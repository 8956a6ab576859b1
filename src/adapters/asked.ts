import type {Asked} from '../credentials/types.js'
import {say} from '../text/safe-text.js'

export interface DoctorWiring {
  readonly env: NodeJS.ProcessEnv
  /** What was given on the command line. */
  readonly asked: Asked
  /** `--service` */
  readonly folder?: string | undefined
  /** `--stage` */
  readonly stage?: string | undefined
}

/** What the options say of the choice of credentials. */
export function askedBy({profile, region}: {readonly profile?: string; readonly region?: string}): Asked {
  return {
    ...(profile === undefined ? {} : {profile, profileFrom: say`The option --profile`, isForAll: true}),
    ...(region === undefined ? {} : {region}),
  }
}
