import {describe, expect, test} from '@jest/globals'
import {EventEmitter} from 'node:events'
import {render as renderInk} from 'ink'
import {render} from 'ink-testing-library'
import {commandRows} from '../../components/command-rows.js'
import type {KeyPress} from '../../components/keys.js'
import {wrapText} from '../../components/line.js'
import {AreaView, ScreenView} from '../../components/screen-view.js'
import {layoutOf, type ScreenProps} from '../../components/screen.js'
import {bindingsOf, initialWidget, reduceWidget, widgetArea} from '../../components/widget.js'
import type {Answer, Panel, Question, SelectQuestion} from '../../src/engine/types.js'
import {safe, say} from '../../src/text/safe-text.js'

const key = (name: string): KeyPress => ({kind: 'key', name})
const text = (value: string): KeyPress => ({kind: 'text', text: value})
const paste = (value: string): KeyPress => ({kind: 'paste', text: value})

/** Plays keys on the widget of a question, as the front end does. */
function play(question: Question, ...presses: readonly KeyPress[]) {
  let widget = initialWidget(question)
  let submitted: Answer | undefined
  for (const press of presses) {
    const reduced = reduceWidget(question, widget, press)
    widget = reduced.state
    submitted = reduced.submitted ?? submitted
  }
  const view = () => render(<AreaView {...widgetArea(question, widget, 60, 8)} />).lastFrame() ?? ''
  return {submitted, view}
}

const fruits: SelectQuestion = {
  kind: 'select',
  message: say`Fruit?`,
  choices: [
    {id: 'apple', label: say`Apple`, hint: say`Green or red.`},
    {id: 'pear', label: say`Pear`},
    {id: 'plum', label: say`Plum`},
  ],
}

describe('select', () => {
  test('Down and Enter submit the choice below', () => {
    expect(play(fruits, key('down'), key('enter')).submitted).toBe('pear')
  })

  test('goes round at both ends, and jumps with a digit', () => {
    expect(play(fruits, key('up'), key('enter')).submitted).toBe('plum')
    expect(play(fruits, text('2'), key('enter')).submitted).toBe('pear')
    expect(play(fruits, text('9'), key('enter')).submitted).toBe('apple')
  })

  test('shows the marker, the choices and the hint', () => {
    expect(play(fruits, key('down')).view()).toBe(
      ['  Apple', '    Green or red.', '❯ Pear', '  Plum'].join('\n'),
    )
  })

  test('typing narrows a searchable list; nothing that matches submits nothing', () => {
    const searchable: Question = {...fruits, isSearchable: true}
    expect(play(searchable, text('p'), text('l'), text('u'), key('enter')).submitted).toBe('plum')
    const none = play(searchable, text('x'), text('z'), key('enter'))
    expect(none.submitted).toBeUndefined()
    expect(none.view()).toContain('Nothing matches')
    expect(play(searchable, text('x'), key('backspace'), key('enter')).submitted).toBe('apple')
  })

  test('a long list is a window around the choice, with the hidden ones counted', () => {
    const many: Question = {
      kind: 'select',
      message: say`Number?`,
      choices: Array.from({length: 40}, (_, index) => ({id: String(index), label: safe(`number ${index}`)})),
    }
    const view = play(many, ...Array.from({length: 20}, () => key('down'))).view()
    expect(view).toContain('❯ number 20')
    expect(view).toMatch(/▲ \d+ more/)
    expect(view).toMatch(/▼ \d+ more/)
    expect(view.split('\n').length).toBeLessThanOrEqual(8)
    expect(play(many, key('pagedown'), key('pagedown'), key('pageup'), key('enter')).submitted).toBe('8')
  })

  test('a short list has no pages: the keys leave the choice where it is', () => {
    expect(play(fruits, key('pagedown'), key('enter')).submitted).toBe('apple')
    expect(play(fruits, key('end'), key('pageup'), key('enter')).submitted).toBe('plum')
  })
})

test('the first letter of a search leaves the first choice where it is', () => {
  const many: Question = {
    kind: 'select',
    message: say`Number?`,
    isSearchable: true,
    choices: Array.from({length: 40}, (_, index) => ({id: String(index), label: safe(`number ${index}`)})),
  }
  const row = (view: string) => view.split('\n').findIndex((text) => text.startsWith('❯'))
  expect(row(play(many, text('39')).view())).toBe(row(play(many).view()))
})

test.each([
  ['posix', 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY; export \\', "AWS_PROFILE='a name'"],
  ['powershell', 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY; export `', "AWS_PROFILE='a name'"],
  ['cmd', 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY; export ^', "AWS_PROFILE='a name'"],
] as const)('a long command goes on in the next row as %s reads it', (shell, ...rows) => {
  const command = say`unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY; export AWS_PROFILE='a name'`
  expect(commandRows(command, 60, shell)).toEqual(rows)
  expect(commandRows(command, 100, shell)).toEqual([command])
  expect(commandRows(say`cd ${'x'.repeat(80)}`, 60, shell)).toBeUndefined()
})

test('a long word breaks after a slash', () => {
  const arn = say`arn:aws:iam::210987654321:user/serverless-framework`
  expect(wrapText(arn, 40)).toEqual(['arn:aws:iam::210987654321:user/', 'serverless-framework'])
  expect(wrapText(safe(`/${'x'.repeat(50)}`), 40)[0]).toHaveLength(40)
})

test('in two rows stand the search and the choice', () => {
  const choices = Array.from({length: 40}, (_, index) => ({
    id: String(index),
    label: safe(`number ${index}`),
  }))
  for (const kind of ['select', 'choose-many'] as const) {
    const question: Question = {kind, message: say`Number?`, isSearchable: true, choices}
    const view = <AreaView {...widgetArea(question, initialWidget(question), 60, 2)} />
    const lines = (render(view).lastFrame() ?? '').split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('❯ number 0')
  }
})

describe('a screen reader', () => {
  const read = (question: Question) => {
    let text = ''
    const stdout = Object.assign(new EventEmitter(), {
      columns: 80,
      rows: 24,
      isTTY: true,
      write: (chunk: string) => ((text += chunk), true),
    })
    const app = renderInk(<AreaView {...widgetArea(question, initialWidget(question), 60, 8)} />, {
      stdout: stdout as unknown as NodeJS.WriteStream,
      isScreenReaderEnabled: true,
      debug: true,
    })
    app.unmount()
    return text
  }

  test('reads every choice, and which one is marked', () => {
    const text = read(fruits)
    for (const words of ['Apple', 'Green or red.', 'Pear', 'Plum']) expect(text).toContain(words)
    expect(text).toContain('selected')
    expect(read({kind: 'confirm', message: say`Sure?`})).toMatch(/checked[^]*Yes[^]*No/)
    expect(read({kind: 'text', message: say`Name:`, initial: 'default'})).toContain('default')
  })
})

describe('choose-many', () => {
  const question: Question = {kind: 'choose-many', message: say`Fruit?`, choices: fruits.choices, min: 1}
  test('Space marks, Enter takes what is marked in the order of the list', () => {
    expect(
      play(question, key('down'), key('down'), text(' '), key('up'), text(' '), key('enter')).submitted,
    ).toEqual(['pear', 'plum'])
    expect(play(question, text('a'), key('enter')).submitted).toEqual(['apple', 'pear', 'plum'])
    expect(play(question, text(' ')).view()).toContain('[x] ❯ Apple')
  })

  test('letters narrow a long list; what was marked before stays marked', () => {
    const long: Question = {...question, isSearchable: true}
    const marked = play(long, text('pe'), text(' '), key('ctrl+u'), text('plu'), key('ctrl+a'))
    expect(marked.view()).toContain('2 marked')
    expect(marked.view()).not.toContain('Pear')
    expect(
      play(long, text('pe'), text(' '), key('backspace'), key('ctrl+a'), key('enter')).submitted,
    ).toEqual(['apple', 'pear', 'plum'])
    expect(play(long, text('zzz'), text(' ')).view()).toContain('Nothing matches')
  })
})

describe('confirm', () => {
  const question: Question = {kind: 'confirm', message: say`Sure?`, initial: false}
  test('y and n answer at once, Enter takes what is marked', () => {
    expect(play(question, text('y')).submitted).toBe(true)
    expect(play(question, key('enter')).submitted).toBe(false)
    expect(play(question, key('tab'), key('enter')).submitted).toBe(true)
  })
})

describe('fields', () => {
  test('Ctrl+D ends a paste, as it ends what is typed into a terminal; elsewhere it erases', () => {
    const paste: Question = {kind: 'paste', message: say`Key:`, reveal: (value) => safe(value)}
    expect(play(paste, text('AKIA'), key('ctrl+d')).submitted).toBe('AKIA')
    expect(play(paste, key('ctrl+d')).submitted).toBeUndefined()
    const field: Question = {kind: 'text', message: say`Name:`}
    expect(play(field, text('ab'), key('home'), key('ctrl+d'), key('enter')).submitted).toBe('b')
    expect(play(field, text('ab'), key('ctrl+d')).submitted).toBeUndefined()
  })

  const secret: Question = {kind: 'secret', message: say`Secret:`}
  test('a secret is never drawn, typed or pasted', () => {
    const typed = play(secret, text('hunter2'), text('more-secret'))
    expect(typed.view()).toBe(`› ${'•'.repeat(18)}▏`)
    expect(play(secret, paste('abc\n'), key('enter')).submitted).toBe('abc')
  })

  test('the first paste after a refusal replaces what was refused', () => {
    const name: Question = {kind: 'text', message: say`Name:`}
    expect(play(name, text('bad one'), key('enter'), paste('good'), key('enter')).submitted).toBe('good')
    expect(play(name, text('goo'), paste('d'), key('enter')).submitted).toBe('good')
    expect(play(name, text('goo'), key('enter'), key('end'), paste('d'), key('enter')).submitted).toBe('good')
  })

  test('what is hidden is never added to: by no paste, and after a refusal by nothing', () => {
    const field: Question = {kind: 'paste', message: say`Key:`, reveal: () => say`hidden`}
    for (const question of [secret, field]) {
      expect(play(question, paste('wrong'), paste('right'), key('enter')).submitted).toBe('right')
      expect(play(question, text('wrong'), key('enter'), paste('right'), key('enter')).submitted).toBe(
        'right',
      )
      expect(
        play(question, text('wrong'), key('enter'), text('ri'), text('ght'), key('enter')).submitted,
      ).toBe('right')
      expect(play(question, text('rig'), text('ht'), key('enter')).submitted).toBe('right')
    }
  })

  test('a widget begins with what was answered earlier', () => {
    const begun = (question: Question, earlier: Answer) =>
      reduceWidget(question, initialWidget(question, earlier), key('enter')).submitted
    expect(begun(fruits, 'plum')).toBe('plum')
    expect(begun({kind: 'confirm', message: say`Sure?`}, false)).toBe(false)
    expect(begun({kind: 'text', message: say`Name:`, initial: 'default'}, 'mine')).toBe('mine')
    expect(
      begun({kind: 'choose-many', message: say`Fruit?`, choices: fruits.choices, initial: []}, ['plum']),
    ).toEqual(['plum'])
  })

  test('a pasted line end never submits', () => {
    const field: Question = {kind: 'paste', message: say`Key:`, reveal: () => say`hidden`}
    const pasted = play(field, paste('one\ntwo\n'))
    expect(pasted.submitted).toBeUndefined()
    expect(play(field, paste('one\ntwo\n'), key('enter')).submitted).toBe('one\ntwo\n')
    expect(play(field, paste('one\ntwo\n'), key('backspace'), key('enter')).submitted).toBe('')
  })

  test('editing keys work on whole characters', () => {
    const name: Question = {kind: 'text', message: say`Name:`, initial: 'default'}
    expect(play(name, key('enter')).submitted).toBe('default')
    expect(play(name, text('a'), text('😀'), key('backspace'), text('b'), key('enter')).submitted).toBe('ab')
    expect(play(name, text('b'), key('home'), text('a'), key('end'), text('c'), key('enter')).submitted).toBe(
      'abc',
    )
    expect(play(name, text('one two'), key('ctrl+w'), key('enter')).submitted).toBe('one ')
    expect(play(name, text('abc'), key('left'), key('left'), key('ctrl+k'), key('enter')).submitted).toBe('a')
    expect(play(name, text('abc'), key('home'), key('delete'), key('enter')).submitted).toBe('bc')
    expect(play(name, text('abc'), key('ctrl+u'), text('x'), key('enter')).submitted).toBe('x')
  })
})

describe('the screen', () => {
  const panels: Panel[] = [
    {
      kind: 'prose',
      lines: Array.from({length: 60}, (_, index) => safe(`line ${index} ${'word '.repeat(20)}`)),
    },
  ]
  const base: ScreenProps = {
    columns: 80,
    rows: 24,
    trail: Array.from({length: 30}, (_, index) => ({
      question: safe(`question ${index}`),
      answer: safe('answer'),
    })),
    panels: [],
    scroll: 0,
    question: fruits,
    widget: initialWidget(fruits),
    help: bindingsOf(fruits).flatMap(({help}) => (help ? [help] : [])),
  }

  for (const [columns, rows] of [
    [80, 24],
    [60, 20],
    [40, 16],
  ] as const) {
    test(`is lower than a terminal of ${columns}x${rows} and no row is wider`, () => {
      for (const props of [base, {...base, panels}, {...base, panels, trail: []}]) {
        const frame = render(<ScreenView {...props} columns={columns} rows={rows} />).lastFrame() ?? ''
        const lines = frame.split('\n')
        expect(lines.length).toBeLessThan(rows)
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns)
        expect(frame).toContain('Fruit?')
        expect(frame).toContain('❯ Apple')
      }
    })
  }

  test('panels that do not fit scroll to their last line', () => {
    const props = {...base, panels}
    const {maxScroll} = layoutOf(props)
    expect(maxScroll).toBeGreaterThan(0)
    expect(render(<ScreenView {...props} />).lastFrame()).toMatch(/▼ \d+ more lines/)
    const last = render(<ScreenView {...props} scroll={maxScroll} />).lastFrame()
    expect(last).toContain('line 59')
    expect(last).toContain('PgUp/PgDn scroll')
  })

  test('on the smallest screen one line says what would be written', () => {
    const diff: Panel[] = [
      {kind: 'heading', text: say`This will be written`},
      {
        kind: 'diff',
        path: say`~/.aws/credentials`,
        lines: [
          {sign: '-', text: say`a`},
          {sign: '+', text: say`b`},
          {sign: '+', text: say`c`},
        ],
      },
      {kind: 'diff', path: say`C:\\u\\.aws\\config`, lines: [{sign: '+', text: say`d`}]},
    ]
    const frame = render(<ScreenView {...base} panels={diff} columns={40} rows={12} />).lastFrame() ?? ''
    expect(frame).toContain('Writes credentials +2 -1, config +1')
    expect(frame.split('\n').length).toBeLessThan(12)
    const roomy = render(<ScreenView {...base} panels={diff} />).lastFrame()
    expect(roomy).not.toContain('Writes')
    expect(roomy).toContain('+ b')
  })

  test('at 40x12 a failure is seen beside its question, what is cut is counted, and all of it can be scrolled to', () => {
    const panels: Panel[] = [
      {
        kind: 'problem',
        problem: {
          code: 'SIGNATURE_MISMATCH',
          what: say`AWS knows the key ID, but the secret does not belong to it.`,
          why: say`The secret has the right shape, so it belongs to another key.`,
          nextSteps: [say`Copy the secret again, whole.`, say`If it is not to be found, make a new key.`],
        },
      },
    ]
    const question: Question = {
      kind: 'select',
      message: say`What now?`,
      choices: ['Enter the secret again', 'Enter the key again', 'Leave'].map((label) => ({
        id: label,
        label: say`${label}`,
      })),
    }
    const seen = new Set<string>()
    for (let scroll = 0; scroll < 12; scroll++) {
      const frame =
        render(
          <ScreenView
            {...base}
            question={question}
            widget={initialWidget(question)}
            panels={panels}
            scroll={scroll}
            columns={40}
            rows={12}
          />,
        ).lastFrame() ?? ''
      if (scroll === 0) expect(frame).toContain('AWS knows the key ID')
      expect(frame.split('\n').length).toBeLessThan(12)
      expect(frame).toMatch(/[▲▼] \d+/)
      // Where rows are so few, none is blank.
      expect(frame.split('\n').filter((row) => row.trim() === '')).toEqual([])
      expect(frame).toContain('What now?')
      expect(frame).toContain('❯ Enter the secret again')
      for (const row of frame.split('\n')) seen.add(row.trim())
    }
    for (const row of ['AWS knows the key ID', 'Copy the secret again', 'SIGNATURE_MISMATCH'])
      expect([...seen].some((each) => each.includes(row))).toBe(true)
  })

  test('a complaint about a field says how to clear it', () => {
    const question: Question = {kind: 'secret', message: say`Secret:`}
    const widget = reduceWidget(question, initialWidget(question), text('x')).state
    const frame = render(
      <ScreenView {...base} question={question} widget={widget} complaint={{what: say`Too short.`}} />,
    ).lastFrame()
    expect(frame).toContain('Ctrl+U clears it.')
  })

  test('DEMO stands in the first row of every frame', () => {
    expect(render(<ScreenView {...base} badge={say`DEMO`} />).lastFrame()).toMatch(
      /^\[DEMO\] serverless-setup/,
    )
  })

  test('a complaint comes with an example of right', () => {
    const frame = render(
      <ScreenView {...base} complaint={{what: say`Not one of these.`, example: say`apple`}} />,
    ).lastFrame()
    expect(frame).toContain('! Not one of these.')
    expect(frame).toContain('Example: apple')
  })
})
