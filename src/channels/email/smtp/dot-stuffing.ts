const cr = 13
const lf = 10
const dot = 46
const end = Buffer.from('\r\n.\r\n')
const shortEnd = Buffer.from('.\r\n')

/** True when every line ends in CRLF: a bare CR or LF would let content look like the end of DATA to some servers. */
const hasBareLineEnd = (raw: Buffer): boolean => {
  for (let at = raw.indexOf(lf); at !== -1; at = raw.indexOf(lf, at + 1)) if (raw[at - 1] !== cr) return true
  for (let at = raw.indexOf(cr); at !== -1; at = raw.indexOf(cr, at + 1)) if (raw[at + 1] !== lf) return true
  return false
}

const withCrlf = (raw: Buffer): Buffer =>
  hasBareLineEnd(raw) ? Buffer.from(raw.toString('latin1').replaceAll(/\r\n|\r|\n/g, '\r\n'), 'latin1') : raw

/** The message as it goes over the wire after 354: leading dots doubled, closed by the final dot (RFC 5321 §4.5.2). */
export const toData = (message: Buffer): Buffer => {
  const raw = withCrlf(message)
  const parts: Buffer[] = []
  let from = 0
  for (let at = raw.indexOf(dot); at !== -1; at = raw.indexOf(dot, at + 1)) {
    if (at !== 0 && raw[at - 1] !== lf) continue
    parts.push(raw.subarray(from, at), Buffer.from('.'))
    from = at
  }
  parts.push(raw.subarray(from))
  const closed = raw.length === 0 || raw.subarray(-2).equals(Buffer.from('\r\n'))
  return Buffer.concat([...parts, closed ? shortEnd : end])
}
