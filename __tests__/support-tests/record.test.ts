import {beforeAll, expect, test} from '@jest/globals'
import {fileURLToPath} from 'node:url'
import {castOf} from '../../scripts/record/cast.mjs'
import {record, type Frame, type RecordStep} from '../../scripts/record/record.mjs'
import {svgOf} from '../../scripts/record/svg.mjs'
import {homeSandbox} from '../support/home.js'
import '../support/terminal.js'

const TOY = fileURLToPath(new URL('toy.mjs', import.meta.url))
const SIZE = {title: 'Fruit & <more>', cols: 40, rows: 10}
const steps: readonly RecordStep[] = [
  {see: '> apples', holdMs: 1000, press: ['down']},
  {see: '> pears', holdMs: 500, type: '<b>'},
  {see: 'typed: <b>', press: ['enter']},
]
const take = (manners: readonly string[] = [], plan = steps) =>
  record({program: {args: [TOY, ...manners], env: homeSandbox().env, cols: 40, rows: 10}, steps: plan})

let frames: readonly Frame[]
beforeAll(async () => {
  frames = await take()
})

test('a frame is the screen of its step with its colours; the last is what stays', () => {
  const texts = frames.map(({rows}) => rows.map((runs) => runs.map(({text}) => text).join('')))
  expect(texts.map((rows) => rows[2])).toEqual(['  pears', '> pears', '> pears', '> pears'])
  expect(texts.at(-1)).toContain('chosen: pears')
  expect(frames.map(({holdMs}) => holdMs)).toEqual([1000, 500, 1500, 4000])
  expect(frames[0]!.rows[0]).toEqual([{text: 'Fruit', column: 0, cells: 5, style: 'bold'}])
  expect(frames[0]!.rows[1]).toEqual([{text: '> apples', column: 0, cells: 8, style: 'fg6'}])
})

test('two recordings of the same program are the same', async () => {
  expect(await take()).toEqual(frames)
})

test('words that differ from run to run are replaced', async () => {
  const steady = [[/pe.rs/g, 'nashis']] as const
  const found = await record({
    program: {args: [TOY], env: homeSandbox().env, cols: 40, rows: 10},
    steps,
    steady,
  })
  expect(found[1]!.rows[2]).toEqual([{text: '> nashis', column: 0, cells: 8, style: 'fg6'}])
})

test('the asciinema file holds a header and one event a frame, at the times of the steps', () => {
  const [header, ...events] = castOf(frames, SIZE)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
  expect(header).toMatchObject({version: 2, width: 40, height: 10})
  expect(events.map((event) => (event as [number])[0])).toEqual([0, 1, 1.5, 3, 7])
  expect((events[1] as [number, string, string])[2]).toContain('\u001B[38;5;6m> pears\u001B[0m')
})

test('the picture holds every text once, escaped, and nothing from elsewhere', () => {
  const svg = svgOf(frames, SIZE)
  expect(svg.match(/>Fruit</g)).toHaveLength(1)
  expect(svg).toContain('typed: &lt;b&gt;')
  expect(svg).toContain('Fruit &amp; &lt;more&gt;')
  expect(svg).not.toMatch(/<script|<image|<foreignObject|url\(|href="[^#]/)
  expect(svg.replaceAll('http://www.w3.org/2000/svg', '')).not.toContain('http')
  expect(svg.match(/<g class="f"/g)).toHaveLength(4)
})

test('a program that fails, or leaves the terminal changed, gives no recording', async () => {
  await expect(take(['fail'])).rejects.toThrow('exit code 3')
  await expect(take(['hide-cursor'])).rejects.toThrow('the cursor is hidden')
})
