export { type Door, startSimulatorDoor } from './door/door.ts'
export { mailboxFor } from './keeping/deliver.ts'
export { showMail } from './preview.ts'
export { simulatorRoutes } from './routes.ts'
