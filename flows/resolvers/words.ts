import {say} from '../../src/text/safe-text.js'

/** Every word of these screens, in one place. */
export const words = {
  reading: say`Reading the service`,
  verifying: say`Reading the service, and asking AWS about its profiles`,
  whatNow: say`What now?`,
  retry: {label: say`Try again`},
  leave: {label: say`Leave`},
  done: {label: say`Finish`},
  service: say`Which service?`,
  explain: {
    label: say`Explain a stage`,
    hint: say`Which credentials it deploys with, and why, line by line.`,
  },
  verify: {label: say`Ask AWS whether the profiles work`},
  add: {label: say`Add a resolver for a stage`, hint: say`A stage gets credentials of its own.`},
  use: {label: say`Choose the resolver that deploys`},
  profile: {label: say`Deploy all stages with one profile`},
  move: {label: say`Move the profile of the provider to a resolver`},
  off: {label: say`Switch the Dashboard off for a resolver`},
  undo: {label: say`Undo the last change`},
  explainWhich: say`Explain which stage?`,
  back: {label: say`Back`},
  how: {
    message: (profile: string) => say`How is the profile ${profile} to be used in the service?`,
    all: {label: say`For all stages`, hint: say`provider.profile`},
    stage: {label: say`For one stage, as a resolver`, hint: say`Other stages keep what they have.`},
    not: {label: say`Leave the service as it is`},
  },
  stage: {
    message: say`For which stage?`,
    default: {label: say`default`, hint: say`All stages that have no resolver of this name.`},
    other: {label: say`Another stage`},
  },
  stageName: {
    message: say`Name of the stage:`,
    bad: say`A stage is named with letters, digits and hyphens, a letter or digit first.`,
    example: say`prod`,
  },
  name: {
    message: say`A name for the resolver:`,
    hint: say`Variables are read with it by this name.`,
    deploysHint: (name: string) =>
      say`In this stage one called ${name} deploys; any other is for variables only.`,
    bad: say`A resolver is named with letters, digits, hyphens and underscores, a letter first.`,
    taken: say`There is a resolver of this name already.`,
    example: say`awsAccount1`,
  },
  source: {
    message: say`Where do its credentials come from?`,
    keys: {label: say`Keys in variables of the environment`, hint: say`For CI. No key stands in the file.`},
    make: {
      label: say`Make a new profile first`,
      hint: say`With an access key; then it is offered to the service.`,
    },
    another: {
      label: say`A profile that is not on this machine`,
      hint: say`Others have it, or you make it later.`,
    },
  },
  anotherProfile: {
    message: say`Name of the profile:`,
    bad: say`AWS tools would not find a profile of this name.`,
    example: say`prod`,
  },
  keyId: {message: say`Which variable holds the access key ID?`, example: say`AWS_ACCESS_KEY_ID`},
  secret: {message: say`Which variable holds the secret access key?`, example: say`AWS_SECRET_ACCESS_KEY`},
  variableBad: say`A variable is named with capital letters, digits and underscores. Never put the key itself here.`,
  region: say`In which region?`,
  dashboard: {
    message: say`Should a Provider of the Serverless Dashboard come first, where there is one?`,
    off: {label: say`No, use what the resolver says`, hint: say`Writes dashboard: false.`},
    on: {label: say`Yes`, hint: say`Nothing is written; this is what a resolver does.`},
  },
  deploys: {
    message: say`Should this resolver deploy?`,
    yes: {label: say`Yes`, hint: say`provider.resolver names it, in all stages.`},
    beside: {
      label: say`Yes, in this stage`,
      hint: say`The profile of the provider stays for the others, as a resolver in default.`,
    },
    no: {label: say`No, only read variables`},
  },
  useWhich: say`Which resolver should deploy?`,
  profileWhich: say`Which profile should deploy?`,
  offWhich: say`For which resolver?`,
  change: {
    heading: say`This will change in the service`,
    undoHeading: say`This takes the last change back`,
  },
} as const
