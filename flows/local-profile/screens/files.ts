import {work} from '../../ask.js'
import type {LocalProfilePorts} from '../ports.js'
import type {LocalProfileEvent, LocalProfileState} from '../state.js'
import {words} from '../words.js'
import {problemStep} from './problem-step.js'

/** Looked at first: a key that cannot be saved in the end must not be made. */
export function checkingFiles() {
  return work<LocalProfileEvent, LocalProfilePorts>({
    id: 'checking-files',
    title: words.checkingFiles,
    run: async (ports) => {
      const problem = await ports.checkFiles()
      return {type: 'files', ...(problem ? {problem} : {})}
    },
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function unreadable(state: LocalProfileState) {
  return problemStep(
    state.problem,
    'unreadable',
    [],
    [['checking-files', {label: words.refused.retry.label}]],
  )
}

/** Where nobody is there it goes on: nothing is lost by trying, and perhaps nothing has to be written. */
export function unwritable(state: LocalProfileState) {
  return problemStep(
    state.problem,
    'unwritable',
    [],
    [
      ['checking-files', {label: words.refused.retry.label}],
      ['begin', words.refused.anyway],
    ],
    'begin',
  )
}
