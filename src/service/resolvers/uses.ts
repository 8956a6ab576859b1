/** Where variables are read through a resolver: `${shared:accountId}`. */
import {isScalar, visit} from 'yaml'
import type {Tree} from './tree.js'
import {variablesIn, type Variable} from './variables.js'

type UseKind = 'accountId' | 'region' | 'partition' | 'ssm' | 'other'

export interface Use {
  readonly resolver: string
  /** `accountId`, `region`, or the name of what is read with the credentials. */
  readonly key: string
  readonly line: number
  readonly kind: UseKind
}

/** `aws` stands for the credentials of the deployment, unless a resolver is called so. */
export function readUses(tree: Tree, resolvers: ReadonlySet<string>): readonly Use[] {
  const {document} = tree
  const uses: Use[] = []
  visit(document.yaml, {
    Scalar(place, node) {
      if (place === 'key' || !isScalar(node) || typeof node.value !== 'string' || !node.range) return
      const [from, to] = node.range
      for (const variable of variablesIn(document.text.slice(from, to)))
        if (resolvers.has(variable.name) || variable.name === 'aws')
          uses.push(useOf(variable, document.lineAt(from + variable.offset)))
    },
  })
  return uses
}

function useOf({name, key}: Variable, line: number): Use {
  return {resolver: name, key, line, kind: kindOf(key)}
}

function kindOf(key: string): UseKind {
  if (key === 'accountId' || key === 'region' || key === 'partition') return key
  if (key === '' || /^(?:s3|cf)\b/.test(key)) return 'other'
  return 'ssm'
}
