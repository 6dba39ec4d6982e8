import { Fault, faults, type FaultType } from '@cenopie/platform-contract'
import { problemOf } from '@cenopie/platform-runtime'
import type { Plan } from '../plan.ts'

export interface GatewayOptions {
  /** What it listens on: `http://:3000`, or `https://jobs.example` for which it gets certificates itself. */
  address: string
  /** Of the interface it listens on; left out, all. */
  bind?: string
  /** Where one JSON object per request goes: a file, or standard output. */
  accessLog: string | undefined
  /** Seconds that a request waits for a process that restarts. */
  patience?: number | undefined
}

/** Headers that only our own processes may set: who calls, on whose behalf, and how long they wait. */
const ours = ['X-Cenopie-Internal', 'X-Deadline-Ms']

/** What the world has no business with: calls between modules, figures, and the health of single processes. */
const closed = ['/internal', '/internal/*', '/metrics', '/metrics/*', '/health', '/health/*']

/**
 * Node closes a connection that was idle for 65 seconds. The gateway must let go first, or a request that cannot be
 * sent twice would now and then meet a closed one.
 */
const idleSeconds = 60

/** The configuration of Caddy (2.6 or later) for a plan. */
export function caddyfile({ processes, routes, rest, hidden }: Plan, options: GatewayOptions): string {
  const https = options.address.startsWith('https:')
  const upstream = (name: string) => processes.find((process) => process.name === name)?.url ?? ''
  const prefixes = Map.groupBy(routes, ({ process }) => process)
  const served = [...prefixes].filter(([process]) => process !== rest)
  return `{
	admin off
	${https ? '' : 'auto_https off\n\t'}grace_period 10s
	log {
${logFormat(hidden, 2)}
	}
	servers {
		timeouts {
			read_header 10s
			idle 2m
		}
	}
}

${options.address} {
	${options.bind ? `bind ${options.bind}\n\t` : ''}log {
		output ${options.accessLog === undefined ? 'stdout' : `file ${options.accessLog}`}
${logFormat(hidden, 2)}
	}

	route {
		@named header_regexp id X-Request-Id ^[A-Za-z0-9_-]{8,64}$
		@unnamed not header_regexp X-Request-Id ^[A-Za-z0-9_-]{8,64}$
		request_header @named X-Request-Id {http.regexp.id.0}
		request_header @unnamed X-Request-Id {http.request.uuid}
${ours.map((name) => `\t\trequest_header -${name}`).join('\n')}
${headers(https, 2)}

		respond /health/ready \`{"status":"ok"}\` 200
		@closed path ${closed.join(' ')}
		handle @closed {
${problem(faults.notFound, 404, 3)}
		}
${served
  .map(([process, own]) =>
    route(
      own.map(({ domain }) => domain),
      upstream(process),
      options,
    ),
  )
  .join('\n')}
		handle {
${proxy(upstream(rest), options, 3)}
		}
	}

	handle_errors {
${headers(https, 2)}
		@late expression \`{http.error.status_code} == 504\`
		handle @late {
${problem(faults.deadlineExceeded, 504, 3)}
		}
		handle {
			header Retry-After 1
${problem(faults.unavailable, 503, 3)}
		}
	}
}
`
}

function route(domains: readonly string[], upstream: string, options: GatewayOptions): string {
  const matcher = `@${domains[0]}`
  return `		${matcher} path_regexp ^/api/v[0-9]+/(${domains.join('|')})(/|$)
		handle ${matcher} {
${proxy(upstream, options, 3)}
		}`
}

/**
 * A request waits while its process is not ready, and is tried again if it reached no process or is a GET. Of the two
 * conditions the first says so where Caddy 2.6 would let only a GET wait: no process was chosen yet. A process that
 * turns unready before it stops loses nothing. After a crash, releases before 2.11.2 cannot repeat a body whose
 * connection was refused (their issue 7546), so until the next health check writes are answered with 503. Passive
 * checks would be sooner, but then a client that is cut off for sending too much would hold up everybody.
 */
function proxy(upstream: string, { patience = 10 }: GatewayOptions, depth: number): string {
  return indent(
    depth,
    `reverse_proxy ${upstream} {
	lb_try_duration ${patience}s
	lb_try_interval 100ms
	lb_retry_match {
		expression \`{http.reverse_proxy.upstream.hostport} == null || {http.request.method} == "GET"\`
	}
	health_uri /health/ready
	health_interval 500ms
	health_timeout 3s
	transport http {
		dial_timeout 2s
		keepalive ${idleSeconds}s
		compression off
	}
}`,
  )
}

/**
 * Without secrets: headers carry some, and so do queries and some paths. For Caddy's other logs too: later releases tell
 * there of requests that failed.
 */
function logFormat(hidden: readonly string[], depth: number): string {
  const shown = ['\\?', ...hidden].join('|')
  return indent(
    depth,
    `format filter {
	wrap json
	fields {
		request>headers delete
		request>uri regexp \`(${shown}).+\` $1*
		resp_headers>Set-Cookie delete
		resp_headers>Location delete
	}
}`,
  )
}

/** For what the processes do not say themselves. */
function headers(https: boolean, depth: number): string {
  return indent(
    depth,
    `header {
	?X-Request-Id {http.request.header.X-Request-Id}
	?X-Content-Type-Options nosniff
	?Referrer-Policy no-referrer
	?Content-Security-Policy "default-src 'none'; frame-ancestors 'none'"
	${https ? 'Strict-Transport-Security "max-age=31536000; includeSubDomains"\n\t' : ''}-Server
}`,
  )
}

/** A problem as the processes answer it. */
function problem(type: FaultType, status: number, depth: number): string {
  const body = JSON.stringify(problemOf(new Fault(type), '{http.request.header.X-Request-Id}'))
  // An object's own braces are no placeholder.
  const escaped = body.replace(/^\{/, '\\{').replace(/\}$/, '\\}')
  return indent(
    depth,
    `header Content-Type "application/problem+json; charset=utf-8"
respond \`${escaped}\` ${status}`,
  )
}

function indent(depth: number, text: string): string {
  return text.replaceAll(/^(?=.)/gm, '\t'.repeat(depth))
}
