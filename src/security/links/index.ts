export {
  consumeLink,
  killLinks,
  type Link,
  type LinkPurpose,
  linkLifeMs,
  linkRefused,
  makeLink,
  type NewLink,
  peekLink,
} from './link.ts'
