// Checks a running Colloquy with OpenAI's own client: node check.mjs --url http://127.0.0.1:5080 --key clq_…
import assert from 'node:assert/strict'
import { parseArgs } from 'node:util'
import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from 'openai'

const { values } = parseArgs({ options: { url: { type: 'string' }, key: { type: 'string' }, model: { type: 'string' } } })
if (!values.url || !values.key) {
  console.error('Usage: node check.mjs --url http://127.0.0.1:5080 --key <API key of a tenant> [--model <agent>]')
  process.exit(2)
}

const baseURL = new URL('/v1', values.url).href
const client = new OpenAI({ baseURL, apiKey: values.key, maxRetries: 0, timeout: 60_000 })
const question = { role: 'user', content: 'Which class has software that doses insulin?' }
let model = values.model

const checks = {
  'The agents are models': async () => {
    const models = []
    for await (const one of client.models.list()) models.push(one)
    assert.ok(models.length > 0, 'there is none')
    assert.ok(models.every((one) => one.object === 'model' && Number.isInteger(one.created) && one.owned_by))
    model ??= models[0].id
    assert.equal((await client.models.retrieve(model)).id, model)
  },
  'A completion is an answer with its usage': async () => {
    const answer = await client.chat.completions.create({ model, messages: [question] })
    assert.match(answer.id, /^chatcmpl-run_/)
    assert.equal(answer.object, 'chat.completion')
    assert.equal(answer.model, model)
    assert.equal(answer.choices[0].finish_reason, 'stop')
    assert.ok(answer.choices[0].message.content.length > 0)
    assert.ok(Array.isArray(answer.choices[0].message.colloquy.citations))
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens)
  },
  'A stream is the same answer in pieces, with its usage at the end': async () => {
    const stream = await client.chat.completions.create({
      model, messages: [question], stream: true, stream_options: { include_usage: true },
    })
    const chunks = []
    for await (const chunk of stream) chunks.push(chunk)
    assert.equal(chunks[0].choices[0].delta.role, 'assistant')
    assert.ok(chunks.some((chunk) => chunk.choices[0]?.delta.content))
    assert.equal(chunks.at(-2).choices[0].finish_reason, 'stop')
    assert.deepEqual(chunks.at(-1).choices, [])
    assert.ok(chunks.at(-1).usage.total_tokens >= 0)
    assert.ok(chunks.slice(0, -1).every((chunk) => chunk.usage === null))
  },
  'The streaming helper puts the pieces together': async () => {
    const runner = client.chat.completions.stream({ model, messages: [question] })
    assert.ok((await runner.finalContent()).length > 0)
  },
  'Earlier messages and instructions are taken': async () => {
    const messages = [
      { role: 'system', content: 'Answer briefly.' }, question, { role: 'assistant', content: 'Class III.' },
      { role: 'user', content: [{ type: 'text', text: 'By which rule?' }] },
    ]
    const answer = await client.chat.completions.create({ model, messages, n: 2 })
    assert.deepEqual(answer.choices.map((choice) => choice.index), [0, 1])
  },
  'A repeat with the same Idempotency-Key is the same completion': async () => {
    const options = { headers: { 'Idempotency-Key': `check-${crypto.randomUUID()}` } }
    const first = await client.chat.completions.create({ model, messages: [question] }, options)
    const second = await client.chat.completions.create({ model, messages: [question] }, options)
    assert.deepEqual(second, first)
  },
  'A wrong key is an AuthenticationError': async () => {
    const stranger = new OpenAI({ baseURL, apiKey: 'wrong', maxRetries: 0 })
    await assert.rejects(stranger.models.list(), is(AuthenticationError, 401, 'invalid_api_key'))
    await assert.rejects(
      stranger.chat.completions.create({ model, messages: [question] }), is(AuthenticationError, 401, 'invalid_api_key'))
  },
  'An unknown model is a NotFoundError': async () => {
    await assert.rejects(
      client.chat.completions.create({ model: 'no-such-agent', messages: [question] }), is(NotFoundError, 404, 'model_not_found'))
    await assert.rejects(client.models.retrieve('no-such-agent'), is(NotFoundError, 404, 'model_not_found'))
  },
  'An address that is not there yet is a NotFoundError': async () => {
    await assert.rejects(client.responses.create({ model, input: 'text' }), is(NotFoundError, 404, 'unknown_url'))
  },
  'Vectors come for a text and for several': async () => {
    const one = await client.embeddings.create({ model: 'hashed', input: 'blood pressure' })
    assert.equal(one.data[0].embedding.length, 384)
    const more = await client.embeddings.create({ model: 'hashed', input: ['blood pressure', 'heart'], encoding_format: 'float' })
    assert.equal(more.data.length, 2)
    more.data[0].embedding.forEach((value, at) => assert.ok(Math.abs(value - one.data[0].embedding[at]) < 1e-6))
    await assert.rejects(client.embeddings.create({ model: 'no-such-model', input: 'text' }), is(NotFoundError, 404, 'model_not_found'))
  },
  'What cannot be done is a BadRequestError that names the parameter': async () => {
    const tools = [{ type: 'function', function: { name: 'clock', parameters: { type: 'object', properties: {} } } }]
    await assert.rejects(
      client.chat.completions.create({ model, messages: [question], tools }), is(BadRequestError, 400, 'unsupported_parameter', 'tools'))
    await assert.rejects(
      client.chat.completions.create({ model, messages: [] }), is(BadRequestError, 400, 'invalid_value', 'messages'))
    await assert.rejects(client.chat.completions.create({ model }), is(BadRequestError, 400, 'missing_required_parameter', 'messages'))
  },
  'A malformed body is a BadRequestError': async () => {
    const breaking = new OpenAI({
      baseURL, apiKey: values.key, maxRetries: 0, fetch: (url, init) => fetch(url, { ...init, body: '{"model": ' }),
    })
    await assert.rejects(breaking.chat.completions.create({ model, messages: [question] }), is(BadRequestError, 400, 'invalid_request'))
  },
}

function is(type, status, code, param) {
  return (error) => {
    assert.ok(error instanceof type, `${error?.constructor?.name}: ${error?.message}`)
    assert.equal(error.status, status)
    assert.equal(error.code, code)
    if (param !== undefined) assert.equal(error.param, param)
    assert.ok(error.requestID, 'the request has no id')
    return true
  }
}

let failed = 0
for (const [name, check] of Object.entries(checks)) {
  try {
    await check()
    console.log(`ok    ${name}`)
  } catch (error) {
    failed++
    console.log(`FAIL  ${name}\n      ${String(error?.message ?? error).replaceAll('\n', '\n      ')}`)
  }
}
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
