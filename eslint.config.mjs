import { builtinModules } from 'node:module'
import { createProjectGraphAsync, readCachedProjectGraph } from '@nx/devkit'
import nx from '@nx/eslint-plugin'
import prettier from 'eslint-config-prettier'
import tseslint from 'typescript-eslint'

// Without a project graph the boundary rule prints a warning and passes everything. Nx hands one to its tasks;
// a bare `eslint` computes it here. Either throws rather than lint without it.
if (process.env.NX_TASK_TARGET_TARGET) readCachedProjectGraph()
else await createProjectGraphAsync()

const spec = '**/*.spec.ts'
const generated = '**/src/data/generated/**'

/** Who may depend on whom: each project obeys every row that names one of its tags. */
const depConstraints = [
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:module', 'type:contract', 'type:platform'] },
  { sourceTag: 'type:web', onlyDependOnLibsWithTags: ['type:contract'] },
  { sourceTag: 'type:module', onlyDependOnLibsWithTags: ['type:contract', 'type:platform'] },
  { sourceTag: 'type:contract', onlyDependOnLibsWithTags: ['type:contract'] },
  { sourceTag: 'type:contract', onlyDependOnLibsWithTags: ['domain:platform'] },
  { sourceTag: 'type:contract', allowedExternalImports: ['zod', 'vitest'] },
  { sourceTag: 'domain:platform', onlyDependOnLibsWithTags: ['domain:platform'] },
  {
    sourceTag: 'type:tool',
    onlyDependOnLibsWithTags: ['type:app', 'type:module', 'type:contract', 'type:platform'],
  },
]

/** Packages of the platform whose specs run on the harness that is itself built from them. */
const harness = '@cenopie/platform-testing'
const testedOnHarness = ['database', 'outbox', 'runtime'].map((name) => [
  `@cenopie/platform-${name}`,
  harness,
])

const sql = {
  regex: '^(@prisma/|prisma$|pg$|pg/|pg-)|(^|/)generated/',
  message: 'Only src/data/ sees Prisma or SQL.',
}
const builtins = {
  regex: `^(node:|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$)`,
  message: 'A contract also runs in a browser.',
}
const processModule = { regex: '^(node:)?process$', message: 'Configuration is zod in defineModule.' }

const onlyExport = "The module's definition is its only export."
const singleExport = [
  { selector: 'ExportAllDeclaration', message: onlyExport },
  { selector: 'ExportNamedDeclaration ~ ExportNamedDeclaration', message: onlyExport },
]

const importExpressions = (...patterns) =>
  patterns.map(({ regex, message }) => ({
    selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002f')}/]`,
    message,
  }))

/** Forbids importing what matches any pattern, in every form an import can take. */
const forbidImports = (...patterns) => ({
  'no-restricted-imports': [
    'error',
    { patterns: patterns.map((pattern) => ({ ...pattern, caseSensitive: true })) },
  ],
  'no-restricted-syntax': ['error', ...importExpressions(...patterns)],
})

const forbidEnvironment = {
  'no-restricted-properties': [
    'error',
    { object: 'process', property: 'env', message: 'Only the runtime reads the environment.' },
  ],
}

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', '**/.vitest', '**/.data', generated] },
  { linterOptions: { noInlineConfig: true } },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
    },
  },
  {
    // The few typed rules that are worth their time: a promise nobody waits for loses its error.
    files: ['{apps,libs,tools}/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  {
    // `any` in the position of a type parameter's bound is the only way to say "some operation", "some stream".
    files: ['libs/platform/contract/src/operation.ts', 'libs/platform/contract/src/stream.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['**/*.ts', '**/*.mjs'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          depConstraints,
          enforceBuildableLibDependency: false,
          // Nothing here is split into bundles: a package may be imported at once here and on demand there.
          checkDynamicDependenciesExceptions: ['.*'],
          ignoredCircularDependencies: testedOnHarness,
        },
      ],
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    rules: { ...forbidEnvironment, ...forbidImports(sql, processModule) },
  },
  { files: ['libs/*/contract/**/*.ts'], ignores: [spec], rules: forbidImports(sql, builtins) },
  {
    files: ['libs/*/module/src/index.ts'],
    rules: { 'no-restricted-syntax': ['error', ...importExpressions(sql, processModule), ...singleExport] },
  },
  {
    files: ['libs/*/module/src/data/**/*.ts', 'libs/platform/database/**/*.ts'],
    rules: forbidImports(processModule),
  },
  {
    files: ['libs/platform/runtime/**/*.ts', 'libs/platform/testing/**/*.ts'],
    rules: { 'no-restricted-properties': 'off', ...forbidImports(sql) },
  },
  prettier,
)
