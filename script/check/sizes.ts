import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './run.ts'

const functionLinesMax = 70
const fileLinesMax = 300
const generated = new Set(['src/db/schema.ts'])

type Measured = { readonly name: string; readonly lines: number }

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0

const functionsOf = (file: string, text: string): Measured[] => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Measured[] = []
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const start = lineOf(node.getStart())
      found.push({ name: `${file}:${start + 1}`, lines: lineOf(node.end) - start + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const summary = (title: string, measured: readonly Measured[]): string => {
  const lines = measured.map((one) => one.lines).toSorted((a, b) => a - b)
  return `  ${title}: ${lines.length}, lines median ${quantile(lines, 0.5)}, p95 ${quantile(lines, 0.95)}, longest ${lines.at(-1) ?? 0}`
}

const over = (measured: readonly Measured[], max: number): string[] =>
  measured.filter((one) => one.lines > max).map((one) => `    ${one.lines} ${one.name}`)

/** Sizes to be proud of (STYLE.md); printed and no gate. */
export const describeSizes = (): string => {
  const files = globSync(['src/**/*.ts', 'console/src/**/*.{ts,tsx}'], { cwd: root })
    .filter((file) => !/\.test\.tsx?$/.test(file) && !generated.has(file))
    .toSorted()
    .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }))
  const whole = files.map(({ name, text }) => ({ name, lines: text.split('\n').length - 1 }))
  const functions = files.flatMap(({ name, text }) => functionsOf(name, text))
  return [
    summary('files', whole),
    ...over(whole, fileLinesMax),
    summary('functions', functions),
    ...over(functions, functionLinesMax),
  ].join('\n')
}
