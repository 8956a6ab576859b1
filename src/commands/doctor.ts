import {defineCommand} from './define-command.js'

export const doctor = defineCommand({
  summary: 'which credentials win here, which lose, why, and the fix',
  options: ['verify', 'fix', 'profile', 'region', 'stage', 'service'],
  help: {
    profile: 'looks at this profile, as with AWS_PROFILE',
    region: 'looks at it in this region',
  },
  examples: ['doctor', 'doctor --profile dev', 'doctor --verify', 'doctor --fix --dry-run'],
  // Without anything to ask it needs nothing of the wizard.
  runEarly: (options) => {
    if (options.fix || options.json) return undefined
    return options.verify
      ? import('../app/doctor-verify.js').then(({doctorVerify}) => doctorVerify(options))
      : import('../app/doctor-report.js').then(({doctorReport}) => doctorReport(options))
  },
  run: async (options, screen) => {
    const [{doctor: run}, {realWorld}] = await Promise.all([
      import('../app/doctor.js'),
      import('../app/wizard.js'),
    ])
    return run(options, screen, await realWorld(options))
  },
})
