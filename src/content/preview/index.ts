export { type PreviewSource, type PreviewSources, previewRoutes } from './routes.ts'
export { type PreviewSubject, sealPreview } from './token.ts'
