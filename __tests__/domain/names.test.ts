/** Names of services and apps: what is taken, and the example of right for what is not. */
import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {checkAppName, checkServiceName} from '../../src/domain/names.js'
import {runs, seed} from '../support/proof.js'

describe('a service', () => {
  test.each(['a', 'aws-node-project', 'Shop2', 'x-', 'a'.repeat(101), ' orders '])('takes %s', (name) => {
    expect(checkServiceName(name)).toBeUndefined()
  })

  test.each([
    ['', 'aws-node-project'],
    ['my service', 'my-service'],
    ['my_service', 'my-service'],
    ['2fast', 'fast'],
    ['-x', 'x'],
    ['Größe', 'Grosse'],
    ['!!!', 'aws-node-project'],
    ['a'.repeat(102), 'orders'],
  ])('refuses %j with the example %s', (name, example) => {
    expect(checkServiceName(name)?.example).toBe(example)
  })
})

describe('an app', () => {
  test.each(['a', '1', 'my-app', '9-9', 'a'.repeat(128)])('takes %s', (name) => {
    expect(checkAppName(name)).toBeUndefined()
  })

  test.each([
    ['', 'my-app'],
    ['My App', 'my-app'],
    ['app-', 'app'],
    ['-app', 'app'],
    ['my.app', 'my-app'],
    ['ÄÖ', 'ao'],
    ['a'.repeat(129), 'shop'],
  ])('refuses %j with the example %s', (name, example) => {
    expect(checkAppName(name)?.example).toBe(example)
  })
})

test('every example is itself taken, and no long text is repeated', () => {
  const text = fc.oneof(fc.string({unit: 'binary'}), fc.stringMatching(/^[ A-Za-z0-9._-]{0,140}$/))
  fc.assert(
    fc.property(text, fc.constantFrom(checkServiceName, checkAppName), (name, check) => {
      const complaint = check(name)
      if (!complaint) return
      expect(check(complaint.example ?? '')).toBeUndefined()
      if (name.trim().length > 24) expect(complaint.what + complaint.example).not.toContain(name.trim())
    }),
    {numRuns: runs(2_000), seed},
  )
})
