export { provideUnsubscribePage } from './provision.ts'
export { trackingRoutes } from './routes.ts'
