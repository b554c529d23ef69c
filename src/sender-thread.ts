import { runSenderThread } from './messages/index.ts'
import { closeAdapters } from './providers/index.ts'
import { senderParts } from './sender-parts.ts'

// A worker thread's beginning (serve.ts starts it).
await runSenderThread({ ...senderParts, closeAdapters })
