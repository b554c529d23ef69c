export { deliverTo } from './deliver.ts'
export { type Door, startSimulatorDoor } from './door/door.ts'
export { showMail } from './preview.ts'
export { simulatorRoutes } from './routes.ts'
