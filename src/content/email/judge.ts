import { findDangers } from '../html/dangers.ts'
import { findWarnings, type HtmlFindings } from '../html/findings.ts'
import { scanHtml } from '../html/scan.ts'
import { readHtml } from './compile-html.ts'

/** Dangers of finished HTML, in which no Liquid is left. */
export const findHtmlDangers = (html: string): string[] => findDangers(scanHtml(html), html)

/** What to improve in an HTML template that parses. */
export const findHtmlWarnings = (source: string): HtmlFindings => findWarnings(readHtml(source).scan)
