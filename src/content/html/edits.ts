/** A place in a source and what shall stand there. */
export type Edit = { readonly begin: number; readonly end: number; readonly text: string }

/** Applies edits that do not overlap; those at one place in the order given. */
export const applyEdits = (source: string, edits: readonly Edit[]): string => {
  let result = ''
  let at = 0
  for (const edit of edits.toSorted((left, right) => left.begin - right.begin || left.end - right.end)) {
    if (edit.begin < at) continue
    result += source.slice(at, edit.begin) + edit.text
    at = edit.end
  }
  return result + source.slice(at)
}
