export { provideUnsubscribePage } from './provision.ts'
export { trackingRoutes } from './routes.ts'
export { unsubscribeByMail } from './unsubscribe/by-mail.ts'
