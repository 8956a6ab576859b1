/** `test`, or a skipped test with the reason said aloud. */
export function testUnless(why: string | undefined): typeof test | typeof test.skip {
  if (why === undefined) return test
  console.warn(`SKIPPED: ${why}`)
  return test.skip
}
