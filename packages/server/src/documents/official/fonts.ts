import { official } from '@guatu/domains'

/** The same face for Chinese and for Latin letters and digits, as offices set them. */
export const font = ({ name }: official.Face) => ({ ascii: name, hAnsi: name, eastAsia: name, cs: name })

/** `word/fontTable.xml`: each face with its alternatives. */
export const fontTable = (): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${Object.values(
    official.FACES,
  )
    .map(({ name, instead }) => `<w:font w:name="${name}"><w:altName w:val="${instead.join(',')}"/><w:charset w:val="86"/></w:font>`)
    .join('')}</w:fonts>`
