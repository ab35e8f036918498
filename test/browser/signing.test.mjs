// Signing in without a password: by passkey, with Chromium's own authenticator in software, and by Kakao and Naver, for whom the simulator stands.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { html } from './eyes.mjs'
import { documents, look, prepare } from './look.mjs'
import { closeBrowser, openBrowser, Visitor } from './visitor.mjs'

before(openBrowser)
before(prepare)
after(closeBrowser)

const password = 'lorry-anvil-7'

// join makes an account, by the mail that confirms it, and signs in.
async function join(v, email) {
  await v.go('/account/sign-up')
  const form = v.form('/account/sign-up')
  for (const [name, value] of Object.entries({ email, password, name: '김하루' })) await form.locator(`[name=${name}]`).fill(value)
  for (const document of ['over14', 'terms', 'privacy']) await form.locator(`[value=${document}]`).check()
  await v.send('/account/sign-up')
  await v.shows(v.say('메일함을 확인해 주세요', 'Please check your mail'))
  await confirm(v, email)
  const sign = v.form('/account/sign-in')
  await sign.locator('[name=email]').fill(email)
  await sign.locator('[name=password]').fill(password)
  await v.send('/account/sign-in')
  await v.arrivesAt(/\/account$/)
}

// confirm follows the link in the mail to that address.
async function confirm(v, email) {
  for (const end = Date.now() + 20_000; ;) {
    await v.go('/demo/mail')
    const mail = await v.page.locator('.mails li').filter({ hasText: email }).first().textContent().catch(() => '')
    const link = /http\S+\/account\/confirm\/[\w-]+/.exec(mail)
    if (link) {
      await v.page.goto(link[0])
      await v.page.locator('form[action*="/account/confirm/"] button').click()
      return v.shows(v.say('가입이 끝났어요', 'You have joined'))
    }
    assert.ok(Date.now() < end, `no mail to ${email}`)
  }
}

async function leaveSession(v) {
  await v.go('/account')
  await v.send('/account/sign-out')
  await v.arrivesAt(/\/(en)?$/)
}

for (const lang of ['ko', 'en']) {
  const screen = lang === 'ko' ? { width: 360, height: 780, mobile: true } : { width: 1440, height: 900 }
  test(`a passkey is made, signs in, proves and is removed, in ${lang}`, async () => {
    const v = await Visitor.arrive({ lang, ...screen })
    for (const refusal of [401, 409]) v.expected.add(refusal)
    const devices = await v.context.newCDPSession(v.page)
    await devices.send('WebAuthn.enable')
    const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    })
    const keys = async () => (await devices.send('WebAuthn.getCredentials', { authenticatorId })).credentials
    await join(v, `pass-${lang}@example.com`)
    await v.go('/account/keys')
    const make = v.page.getByRole('button', { name: v.say('패스키 만들기', 'Make a passkey') })
    await make.click()
    await v.arrivesAt(/done=added/)
    await v.shows(v.say('패스키를 등록했어요', 'Your passkey is added'))
    assert.equal((await keys()).length, 1)
    await look(v, 'account-keys')
    // The device knows that it has one here already.
    await make.click()
    await v.shows(v.say('이미 등록된 패스키', 'has a passkey here already'))
    await v.page.locator('.rename [name=name]').fill('내 폰')
    await v.page.locator('.rename button').click()
    await v.arrivesAt(/done=named/)
    assert.equal(await v.page.locator('.rename [name=name]').inputValue(), '내 폰')

    await leaveSession(v)
    await v.go('/account/sign-in?next=/account/orders')
    await look(v, 'sign-in')
    const enter = v.page.getByRole('button', { name: v.say('패스키로 로그인', 'Sign in with a passkey') })
    // Whoever cannot show the device who they are stays outside, and is told.
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await enter.click()
    await v.page.getByRole('alert').filter({ hasText: v.say('패스키를 쓰지 않았어요', 'No passkey was used') }).waitFor()
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
    await enter.click()
    await v.arrivesAt(v.path('/account/orders'))

    await v.go('/account/prove?next=/account/devices')
    await v.page.getByRole('button', { name: v.say('패스키로 확인', 'Confirm with a passkey') }).click()
    await v.arrivesAt(v.path('/account/devices'))

    await v.go('/account/keys')
    await v.page.locator('form[action*="/account/passkeys/"][action$="/delete"] button').click()
    await v.arrivesAt(/done=removed/)
    assert.equal(await v.page.locator('.rename').count(), 0)
    await leaveSession(v)
    await v.go('/account/sign-in')
    await enter.click()
    await v.shows(v.say('패스키로 확인하지 못했어요', 'We could not check that passkey'))
    await v.leave()
  })

  test(`somebody joins with Kakao and signs in with it again, in ${lang}`, async () => {
    const v = await Visitor.arrive({ lang, ...screen })
    const person = { id: lang === 'ko' ? '501' : '502', email: `kakao-${lang}@kakao.example` }
    const throughKakao = async () => {
      await v.page.locator('form[action$="/account/social/kakao"] button').click()
      await v.arrivesAt(/\/social\/kakao\/oauth\/authorize/)
      for (const [name, value] of Object.entries(person)) await v.page.locator(`[name=${name}]`).fill(value)
      await v.page.locator('[value=agree]').click()
    }
    await v.go('/account/sign-up')
    await throughKakao()
    await v.arrivesAt(/\/callback\?/)
    await v.shows(person.email)
    await look(v, 'social-join')
    for (const document of ['over14', 'terms', 'privacy']) await v.page.locator(`[value=${document}]`).check()
    await v.send('/account/social-join')
    await v.arrivesAt(/\/account$/)
    await leaveSession(v)
    await v.go('/account/sign-in')
    await throughKakao()
    await v.arrivesAt(/\/account$/)
    await v.leave()
  })
}

test('without JavaScript there is no button that cannot work', async () => {
  const v = await Visitor.arrive({ js: false })
  await v.go('/account/sign-in')
  assert.equal(await v.page.getByRole('button', { name: '패스키로 로그인' }).count(), 0)
  assert.equal(await v.page.getByRole('button', { name: '카카오로 로그인' }).count(), 1)
  await v.leave()
})

test('the HTML of these pages is HTML', async () => {
  const { errors } = await html(documents)
  assert.deepEqual(errors, [])
})
