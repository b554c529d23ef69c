const tab = 9
const lf = 10
const cr = 13
const space = 32

/** A stretch of a body whose canonical form is known; it begins and ends within lines, not at white space. */
export type Ready = { readonly at: number; readonly size: number; readonly relaxed: Buffer }

let target = Buffer.allocUnsafeSlow(128 * 1_024)
let out = 0
/** Behind the last line that holds anything. */
let filled = 0

const relaxStretch = (body: Buffer, from: number, to: number): void => {
  let gap = false
  for (let at = from; at < to; at += 1) {
    const byte = body[at] as number
    if (byte === space || byte === tab) gap = true
    else if (byte === cr && body[at + 1] === lf) {
      gap = false
      const empty = out === 0 || target[out - 1] === lf
      target[out++] = cr
      target[out++] = lf
      at += 1
      if (!empty) filled = out
    } else {
      if (gap) target[out++] = space
      gap = false
      target[out++] = byte
    }
  }
}

/**
 * The body in relaxed canonical form (RFC 6376 §3.4.4): white space within lines is one space, none stands at their
 * ends, no empty lines at the end. The memory is used again by the next call.
 */
export const relaxBody = (body: Buffer, ready: readonly Ready[] = []): Buffer => {
  if (target.length < body.length + 2) target = Buffer.allocUnsafeSlow((body.length + 2) * 2)
  out = 0
  filled = 0
  let from = 0
  for (const { at, size, relaxed } of ready) {
    relaxStretch(body, from, at)
    out += relaxed.copy(target, out)
    filled = out
    from = at + size
  }
  relaxStretch(body, from, body.length)
  if (out > 0 && target[out - 1] !== lf) {
    target[out++] = cr
    target[out++] = lf
    filled = out
  }
  return target.subarray(0, filled)
}
