/** Scripts that complete commands, options and the values that are known beforehand, from the table. */
import {GENERAL_OPTIONS, OPTION_NAMES, type OptionName} from '../domain/option-names.js'
import type {CommandName} from '../app/options.js'
import {COMMAND_NAMES, commandOf} from './index.js'
import {optionOf, type TextOption} from '../app/options.js'
import {PATH_WORDS} from './wizard.js'

/** The names that package.json installs. */
const PROGRAMS = ['serverless-setup', 'sls-setup']

/** @param shell one that the command takes */
export function completionScript(shell: string): string {
  switch (shell) {
    case 'zsh':
      return zsh()
    case 'fish':
      return fish()
    case 'powershell':
      return powershell()
    default:
      return bash()
  }
}

/** The words that a command line may begin with; a path of the wizard is one as well. */
const FIRST = [...COMMAND_NAMES, ...Object.keys(PATH_WORDS)]

const optionsFor = (name: CommandName): readonly OptionName[] =>
  OPTION_NAMES.filter((each) =>
    ([...commandOf(name).options, ...GENERAL_OPTIONS] as readonly OptionName[]).includes(each),
  )

const operandsOf = (name: CommandName): readonly string[] =>
  name === 'help' ? COMMAND_NAMES : Object.keys(commandOf(name).operand?.choices ?? {})

const texts = (): readonly (readonly [OptionName, TextOption])[] =>
  OPTION_NAMES.flatMap((name) => {
    const option = optionOf(name)
    return option.kind === 'text' ? [[name, option] as const] : []
  })

const dashed = (names: readonly OptionName[]) => names.map((name) => `--${name}`).join(' ')

function bash(): string {
  const values = texts().map(([name, {choices, isFile, isFolder}]) => {
    const found = choices
      ? `COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$word"))`
      : isFile
        ? 'COMPREPLY=(); while IFS= read -r each; do COMPREPLY+=("$each"); done < <(compgen -f -- "$word")'
        : isFolder
          ? 'COMPREPLY=(); while IFS= read -r each; do COMPREPLY+=("$each"); done < <(compgen -d -- "$word")'
          : 'COMPREPLY=()'
    return `    --${name}) ${found}; return ;;`
  })
  const commands = COMMAND_NAMES.map(
    (name) =>
      `    ${name}) options="${dashed(optionsFor(name))}"; operands="${operandsOf(name).join(' ')}" ;;`,
  )
  return `# bash completion of serverless-setup
_serverless_setup() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="" last="" each options operands=""
  case "$before" in
${values.join('\n')}
  esac
  for each in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$last" in ${texts()
      .map(([name]) => `--${name}`)
      .join('|')}) last=""; continue ;; esac
    last="$each"
    case " ${FIRST.join(' ')} " in *" $each "*) command="$each"; break ;; esac
  done
  case "$command" in
${commands.join('\n')}
    *) options="${dashed(optionsFor('wizard'))}" ;;
  esac
  [ -n "$command" ] || operands="${FIRST.join(' ')}"
  if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [ "$command" = import ]; then COMPREPLY=(); while IFS= read -r each; do COMPREPLY+=("$each"); done < <(compgen -f -- "$word")
  else COMPREPLY=($(compgen -W "$operands" -- "$word"))
  fi
}
complete -o filenames -F _serverless_setup ${PROGRAMS.join(' ')}
`
}

/** In single quotes, for zsh and fish. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
/** As \`_arguments\` wants what is said of an option: brackets and colons have a meaning there. */
const described = (text: string) => text.replaceAll(/[[\]:\\]/g, (sign) => `\\${sign}`)

function zshOptions(name: CommandName): string {
  return optionsFor(name)
    .map((each) => {
      const option = optionOf(each)
      const help = `[${described(commandOf(name).help?.[each] ?? option.help)}]`
      if (option.kind === 'flag') return quoted(`--${each}${help}`)
      const values = option.choices
        ? `(${option.choices.join(' ')})`
        : option.isFile
          ? '_files'
          : option.isFolder
            ? '_files -/'
            : ' '
      return quoted(`--${each}${help}:${option.value}:${values}`)
    })
    .join(' \\\n        ')
}

function zsh(): string {
  const listed = [...COMMAND_NAMES.map((name) => [name, commandOf(name).summary] as const)]
    .concat(Object.entries(PATH_WORDS) as never)
    .map(([name, summary]) => quoted(`${name}:${summary.replaceAll(':', '\\:')}`))
  const commands = COMMAND_NAMES.map((name) => {
    const operands = operandsOf(name)
    const operand =
      name === 'import'
        ? " \\\n        '2:file:_files'"
        : operands.length > 0
          ? ` \\\n        '2:word:(${operands.join(' ')})'`
          : ''
    return `    ${name})\n      _arguments ${zshOptions(name)}${operand} ;;`
  })
  return `#compdef ${PROGRAMS.join(' ')}
# zsh completion of serverless-setup
_serverless_setup() {
  local -a commands
  commands=(${listed.join(' ')})
  if (( CURRENT == 2 )) && [[ "$words[2]" != -* ]]; then
    _describe command commands
    return
  fi
  case "$words[2]" in
${commands.join('\n')}
    *)
      _arguments ${zshOptions('wizard')} ;;
  esac
}
compdef _serverless_setup ${PROGRAMS.join(' ')}
`
}

function fish(): string {
  const lines = PROGRAMS.flatMap((program) => {
    const complete = (condition: string, rest: string) =>
      `complete -c ${program} -n ${quoted(condition)} ${rest}`
    const first = [
      ...COMMAND_NAMES.map((name) => [name, commandOf(name).summary] as const),
      ...Object.entries(PATH_WORDS),
    ].map(([name, summary]) => complete('__fish_use_subcommand', `-a ${name} -d ${quoted(summary)}`))
    const of = (name: CommandName, condition: string) => [
      ...operandsOf(name).map((each) => complete(condition, `-a ${each}`)),
      ...optionsFor(name).map((each) => {
        const option = optionOf(each)
        const help = quoted(commandOf(name).help?.[each] ?? option.help)
        if (option.kind === 'flag') return complete(condition, `-l ${each} -d ${help}`)
        const values = option.choices
          ? ` -a ${quoted(option.choices.join(' '))}`
          : option.isFile || option.isFolder
            ? ' -F'
            : ''
        return complete(condition, `-l ${each} -r${values} -d ${help}`)
      }),
    ]
    const paths = Object.keys(PATH_WORDS).join(' ')
    return [
      `complete -c ${program} -f`,
      ...first,
      ...COMMAND_NAMES.flatMap((name) => of(name, `__fish_seen_subcommand_from ${name}`)),
      complete('__fish_seen_subcommand_from import', '-F'),
      ...of('wizard', `__fish_use_subcommand; or __fish_seen_subcommand_from ${paths}`),
    ]
  })
  return `# fish completion of serverless-setup\n${lines.join('\n')}\n`
}

/** A list of texts, as PowerShell writes it. */
const list = (texts: readonly string[]) =>
  `@(${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')})`

function powershell(): string {
  const byCommand = (['wizard', ...COMMAND_NAMES] as const).map(
    (name) =>
      `    '${name}' = ${list([...operandsOf(name), ...optionsFor(name).map((each) => `--${each}`)])}`,
  )
  const choices = texts().flatMap(([name, {choices: known}]) =>
    known ? [`    '--${name}' = ${list(known)}`] : [],
  )
  return `# PowerShell completion of serverless-setup
Register-ArgumentCompleter -Native -CommandName ${PROGRAMS.join(', ')} -ScriptBlock {
  param($word, $ast, $position)
  $first = ${list(FIRST)}
  $words = @{
${byCommand.join('\n')}
  }
  $values = @{
${choices.join('\n')}
  }
  $typed = @($ast.CommandElements | ForEach-Object { $_.ToString() } | Select-Object -Skip 1)
  $before = @($typed | Where-Object { $_ -ne $word })
  $command = $before | Where-Object { $first -contains $_ } | Select-Object -First 1
  if ($before.Count -gt 0 -and $values.ContainsKey($before[-1])) { $found = $values[$before[-1]] }
  elseif ($command -and $words.ContainsKey($command)) { $found = $words[$command] }
  elseif ($command) { $found = $words['wizard'] }
  else { $found = $first + $words['wizard'] }
  $found | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`
}
