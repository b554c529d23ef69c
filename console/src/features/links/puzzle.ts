const blockTries = 500

const fits = (hash: ArrayBuffer, bits: number): boolean =>
  new DataView(hash).getUint32(0) >>> (32 - bits) === 0

/** Counts until SHA-256 of `<puzzle>.<nonce>` begins with enough zero bits; the page stays alive meanwhile. */
export const solvePuzzle = async (puzzle: string): Promise<{ puzzle: string; nonce: string }> => {
  const bits = Number(puzzle.split('.')[0])
  const encoder = new TextEncoder()
  for (let start = 0; ; start += blockTries) {
    const tries = Array.from({ length: blockTries }, (_, n) => String(start + n))
    const hashes = await Promise.all(
      tries.map((nonce) => crypto.subtle.digest('SHA-256', encoder.encode(`${puzzle}.${nonce}`))),
    )
    const found = tries[hashes.findIndex((hash) => fits(hash, bits))]
    if (found !== undefined) return { puzzle, nonce: found }
  }
}
