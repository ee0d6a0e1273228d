// What `okrbook check` prints for services, held against the schemas that are published as packages. The files are those
// that `tests/cases/reports.rs` holds equal to the program's output.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import test from 'node:test'
import Ajv from 'ajv'

const require = createRequire(import.meta.url)
const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))

// the schema of SARIF 2.1.0 is of an older draft
const ajv = new Ajv({ schemaId: 'id', meta: false, allErrors: true, unknownFormats: 'ignore', logger: false })
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'))
const valid = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))

test('the SARIF log of forty mistakes is valid by the published schema', () => {
  const log = read('../books/forty.sarif')
  assert.ok(valid(log), ajv.errorsText(valid.errors))
  assert.ok(log.runs[0].results.length >= 40)
})

test('the schema would tell what is wrong', () => {
  const log = read('../books/forty.sarif')
  log.runs[0].results[0].level = 'fatal'
  assert.ok(!valid(log))
  delete log.runs[0].results[0].level
  log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0
  assert.ok(!valid(log))
})
