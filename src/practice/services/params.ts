import {validationError} from '../aws-error.js'

/** Parameters of a query-protocol call; names as on the wire, refusals in AWS's words. */
export class Params {
  readonly #fields: URLSearchParams

  constructor(fields: URLSearchParams) {
    this.#fields = fields
  }

  get(name: string): string | undefined {
    return this.#fields.get(name) ?? undefined
  }

  /** @throws AwsError ValidationError */
  required(name: string): string {
    const value = this.get(name)
    if (value === undefined) throw constraint('null', name, 'Member must not be null')
    return value
  }

  /** `Name.member.1`, `Name.member.2` … in order. */
  list(name: string): string[] {
    const values: string[] = []
    for (let index = 1; ; index++) {
      const value = this.get(`${name}.member.${index}`)
      if (value === undefined) return values
      values.push(value)
    }
  }

  /** @throws AwsError ValidationError when it is no whole number between the bounds */
  integer(name: string, {min, max, otherwise}: {min: number; max: number; otherwise: number}): number {
    const text = this.get(name)
    if (text === undefined) return otherwise
    const value = Number(text)
    if (!/^-?\d+$/.test(text)) throw constraint(`'${text}'`, name, 'Member must be an integer')
    if (value < min)
      throw constraint(`'${text}'`, name, `Member must have value greater than or equal to ${min}`)
    if (value > max)
      throw constraint(`'${text}'`, name, `Member must have value less than or equal to ${max}`)
    return value
  }

  /** A name of an IAM entity, 1 to `max` characters. @throws AwsError ValidationError */
  entityName(name: string, max: number): string {
    const value = this.required(name)
    if (value.length < 1 || value.length > max) {
      throw constraint(`'${value}'`, name, `Member must have length less than or equal to ${max}`)
    }
    if (!/^[\w+=,.@-]+$/.test(value)) {
      throw validationError(
        `The specified value for ${wireName(name)} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
      )
    }
    return value
  }

  /** `/` or `/a/b/`. @throws AwsError ValidationError */
  path(): string {
    const value = this.get('Path') ?? '/'
    if (value.length > 512 || !/^\/([\x21-\x7e]*\/)?$/.test(value)) {
      throw validationError(
        'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
      )
    }
    return value
  }
}

function constraint(value: string, name: string, rule: string) {
  return validationError(
    `1 validation error detected: Value ${value} at '${wireName(name)}' failed to satisfy constraint: ${rule}`,
  )
}

function wireName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
