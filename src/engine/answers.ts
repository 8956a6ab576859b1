import type {ValidationError} from '../domain/problem.js'
import {safe, say, type SafeText} from '../text/safe-text.js'
import type {Answer, Question} from './types.js'

/** What stands for a secret that was entered: always the same, so it tells no length. */
export const FIXED_MASK = '••••••••' as SafeText

/** What is wrong with an answer, whoever gave it: a person, an option, or a line of JSON. */
export function checkAnswer(question: Question, value: Answer): ValidationError | undefined {
  switch (question.kind) {
    case 'select': {
      if (typeof value === 'string' && question.choices.some((choice) => choice.id === value))
        return undefined
      return {what: say`This is not one of the choices.`, example: oneOf(question.choices.map(({id}) => id))}
    }
    case 'choose-many': {
      const ids = new Set(question.choices.map(({id}) => id))
      const isListOfIds =
        Array.isArray(value) && value.every((id: unknown) => typeof id === 'string' && ids.has(id))
      if (!isListOfIds) return {what: say`This is not a list of choices.`, example: oneOf([...ids])}
      const min = question.min ?? 0
      return value.length >= min ? undefined : {what: say`Choose at least ${min}.`, example: oneOf([...ids])}
    }
    case 'confirm':
      return typeof value === 'boolean'
        ? undefined
        : {what: say`This is a yes or no question.`, example: say`true`}
    default: {
      if (typeof value !== 'string') return {what: say`This question is answered with text.`}
      return question.validate?.(value)
    }
  }
}

/** What the trail keeps of an answer. */
export function describeAnswer(question: Question, value: Answer): SafeText {
  switch (question.kind) {
    case 'select':
      return question.choices.find(({id}) => id === value)?.label ?? safe(value)
    case 'choose-many': {
      const chosen = new Set(value as readonly string[])
      const labels = question.choices.filter(({id}) => chosen.has(id)).map(({label}) => label)
      return labels.length > 0 ? safe(labels.join(', ')) : say`none`
    }
    case 'confirm':
      return value === true ? (question.yes ?? say`Yes`) : (question.no ?? say`No`)
    case 'secret':
      return FIXED_MASK
    case 'paste':
      return question.reveal(value as string)
    case 'text':
      return safe(value)
  }
}

function oneOf(ids: readonly string[]): SafeText {
  const shown = ids.slice(0, 6).join(' | ')
  return safe(ids.length > 6 ? `${shown} | …` : shown)
}
