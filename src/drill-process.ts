import { once } from 'node:events'
import { setEnvironmentData } from 'node:worker_threads'
import { readConfig } from './config.ts'
import { dieAfterStatements, mainStatements, stepKey } from './drill/death.ts'
import type { ProcessOrder } from './drill/sender-process.ts'
import { runServe } from './serve.ts'

// The whole program as a child of the drill; it goes when the drill goes.
process.once('disconnect', () => process.exit(1))
const [order] = (await once(process, 'message')) as [ProcessOrder]
if (order.step) setEnvironmentData(stepKey, order.step)
dieAfterStatements(mainStatements)
const senderProgram = new URL('./drill-sender-thread.ts', import.meta.url)
process.exitCode = await runServe(readConfig(order.variables), () => {}, { senderProgram })
process.disconnect()
