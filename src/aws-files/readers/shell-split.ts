/** Python's `shlex.split` (POSIX rules, no comments); `undefined` where it raises. botocore takes section names apart with it. */
export function shellSplit(text: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!
    if (/[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (character === '\\') {
      if (index + 1 >= text.length) return undefined
      word = (word ?? '') + text[++index]!
    } else if (character === "'" || character === '"') {
      const quoted = readQuoted(text, index)
      if (!quoted) return undefined
      word = (word ?? '') + quoted.content
      index = quoted.end
    } else {
      word = (word ?? '') + character
    }
  }
  if (word !== undefined) words.push(word)
  return words
}

function readQuoted(text: string, start: number): {content: string; end: number} | undefined {
  const quote = text[start]!
  let content = ''
  for (let index = start + 1; index < text.length; index++) {
    const character = text[index]!
    if (character === quote) return {content, end: index}
    if (character === '\\' && quote === '"') {
      const next = text[index + 1]
      if (next === undefined) return undefined
      content += next === '\\' || next === '"' ? next : `\\${next}`
      index++
    } else {
      content += character
    }
  }
  return undefined
}
