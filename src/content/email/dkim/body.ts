const tab = 9
const lf = 10
const cr = 13
const space = 32

let relaxed = Buffer.allocUnsafeSlow(128 * 1_024)

/**
 * The body in relaxed canonical form (RFC 6376 §3.4.4): white space within lines is one space, none stands at their
 * ends, no empty lines at the end. The memory is used again by the next call.
 */
export const relaxBody = (body: Buffer): Buffer => {
  if (relaxed.length < body.length + 2) relaxed = Buffer.allocUnsafeSlow((body.length + 2) * 2)
  const target = relaxed
  const size = body.length
  let out = 0
  /** Behind the last line that holds anything. */
  let end = 0
  let gap = false
  for (let at = 0; at < size; at += 1) {
    const byte = body[at] as number
    if (byte > space) {
      if (gap) target[out++] = space
      gap = false
      target[out++] = byte
    } else if (byte === space || byte === tab) gap = true
    else if (byte === cr && body[at + 1] === lf) {
      gap = false
      const empty = out === 0 || target[out - 1] === lf
      target[out++] = cr
      target[out++] = lf
      at += 1
      if (!empty) end = out
    } else {
      if (gap) target[out++] = space
      gap = false
      target[out++] = byte
    }
  }
  if (out > end && target[out - 1] !== lf) {
    target[out++] = cr
    target[out++] = lf
    end = out
  }
  return target.subarray(0, end)
}
