/** Random keys in the shapes AWS gives them, and random noise around them. */
import fc from 'fast-check'

const BASE32 = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567']
const BASE64 = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/']

const of = (alphabet: readonly string[], minLength: number, maxLength = minLength) =>
  fc.string({unit: fc.constantFrom(...alphabet), minLength, maxLength})

export const idText = (prefix: 'AKIA' | 'ASIA') => of(BASE32, 16).map((rest) => prefix + rest)
/** As AWS makes them: all three classes are there but in one of 600; those are tested by shape elsewhere. */
export const secretText = of(BASE64, 40).filter(
  (text) => /[a-z]/.test(text) && /[A-Z]/.test(text) && !/EXAMPLE(KEY)?$/.test(text),
)
export const tokenText = fc
  .tuple(of(BASE64, 200, 700), fc.constantFrom('', '=', '=='))
  .map(([body, padding]) => `IQoJb3JpZ2luX2Vj${body}${padding}`)
export const accountText = of([...'0123456789'], 12)
export const userText = of(
  [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+=,.@-_'],
  1,
  30,
)
export const profileText = of([...'abcdefghijklmnopqrstuvwxyz0123456789-._'], 1, 20).filter(
  (name) => !(name in Object.prototype) && !name.startsWith('-') && !name.includes('..'),
)
export const regionText = fc.constantFrom(
  'us-east-1',
  'eu-west-1',
  'eu-central-1',
  'ap-southeast-2',
  'us-gov-west-1',
)

export interface KeyText {
  readonly id: string
  readonly secret: string
  readonly token?: string
}

export const longLived: fc.Arbitrary<KeyText> = fc.record({id: idText('AKIA'), secret: secretText})
export const temporary: fc.Arbitrary<KeyText> = fc.record({
  id: idText('ASIA'),
  secret: secretText,
  token: tokenText,
})
export const anyKey: fc.Arbitrary<KeyText> = fc.oneof(longLived, temporary)

/** One key for tests by hand; random-looking, of no account. */
export const KEY: KeyText = {id: 'AKIAZ3MSJV4WQ2XN7KTB', secret: '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'}
export const TOKEN = `IQoJb3JpZ2luX2Vj${'q8Zt/4mVYx1nB+cR7sLdWk2JpHfGaT9eUoX5iNbC'.repeat(8)}==`
