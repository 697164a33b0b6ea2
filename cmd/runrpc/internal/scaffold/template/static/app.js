const show = (id, text) => { document.getElementById(id).textContent = text }
const money = cents => (cents / 100).toFixed(2)

let id = 0

// call calls a procedure of the service and returns its result. What the service answers instead, or that
// it does not answer, is thrown as an Error.
async function call(method, params) {
  const request = JSON.stringify({ jsonrpc: '2.0', method, params, id: ++id })
  show('sent', request)
  show('received', '')
  const response = await fetch('rpc', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: request,
  })
  const text = await response.text()
  show('received', text)
  if (!response.ok) throw new Error(`${response.status}: ${text}`)
  const { result, error } = JSON.parse(text)
  if (error) throw new Error(error.message)
  return result
}

// share asks the service for the shares that the form describes, and shows them.
async function share(form) {
  const bill = await call('bill.split', {
    cents: Math.round(form.amount.valueAsNumber * 100),
    percent: form.percent.valueAsNumber,
    people: form.people.valueAsNumber,
  })
  show('total', `${money(bill.total)} in all`)
  document.getElementById('shares').replaceChildren(...bill.shares.map(cents => {
    const item = document.createElement('li')
    item.textContent = `pays ${money(cents)}`
    return item
  }))
}

document.getElementById('bill').addEventListener('submit', async event => {
  event.preventDefault()
  for (const id of ['total', 'shares', 'problem']) show(id, '')
  try {
    await share(event.target.elements)
  } catch (error) {
    show('problem', `That did not work: ${error.message}`)
  }
})
