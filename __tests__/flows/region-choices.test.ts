import {describe, expect, test} from '@jest/globals'
import {matching} from '../../components/select.js'
import {regionChoices} from '../../flows/region-choices.js'
import {REGIONS, suggestRegion} from '../../src/domain/regions.js'

const choices = regionChoices().map(([id, words]) => ({id, ...words}))
const found = (typed: string) => matching({choices}, typed).map(({id}) => id)

describe('the list of regions', () => {
  test.each([
    ['germany', ['eu-central-1', 'eusc-de-east-1']],
    ['Deutschland', ['eu-central-1', 'eusc-de-east-1']],
    ['münchen', ['eu-central-1']],
    ['japan', ['ap-northeast-1', 'ap-northeast-3']],
    ['東京', ['ap-northeast-1']],
    ['brasil', ['sa-east-1']],
    ['sao paulo', ['sa-east-1']],
    ['uk', ['eu-west-2']],
    ['GB', ['eu-west-2']],
    ['united kingdom', ['eu-west-2']],
    ['Dublin', ['eu-west-1']],
    ['ie', ['eu-west-1']],
    ['korea', ['ap-northeast-2']],
    ['bombay', ['ap-south-1']],
    ['dubai', ['me-central-1']],
    ['usa', ['us-east-1', 'us-west-2', 'us-east-2', 'us-west-1', 'us-gov-west-1', 'us-gov-east-1']],
    ['eu-west-3', ['eu-west-3']],
    ['atlantis', []],
    ['par', ['eu-west-3']],
    // What it may be a misspelling of, and no more.
    ['eu-wst-1', ['eu-west-1']],
    ['us-east-3', ['us-east-1', 'us-east-2']],
    ['xyz', []],
  ])('finds by %s', (typed, ids) => {
    expect(found(typed)).toEqual(ids)
  })

  test('every region is found by more than its name', () => {
    expect(REGIONS.filter(({keywords}) => keywords === '').map(({id}) => id)).toEqual([])
  })

  test('what needs an account of its own says so, and stands behind the rest', () => {
    const separate = choices.filter(({label}) => label.endsWith('(separate AWS account)'))
    expect(separate).toEqual(choices.slice(-separate.length))
    expect(separate.map(({id}) => id)).toEqual(
      REGIONS.filter(({partition}) => partition !== 'aws').map(({id}) => id),
    )
    const ofChina = regionChoices(REGIONS.filter(({partition}) => partition === 'aws-cn'))
    expect(ofChina.filter(([, {label}]) => label.includes('separate'))).toEqual([])
  })

  test('a country given as a region is answered with its region', () => {
    expect(['Deutschland', 'japan', 'são paulo', 'Ireland'].map((typed) => suggestRegion(typed)?.id)).toEqual(
      ['eu-central-1', 'ap-northeast-1', 'sa-east-1', 'eu-west-1'],
    )
    expect(suggestRegion('mars')).toBeUndefined()
  })
})
