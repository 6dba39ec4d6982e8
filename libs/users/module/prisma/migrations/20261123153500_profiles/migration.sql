-- CreateTable
CREATE TABLE "profile" (
    "user_id" UUID NOT NULL,
    "handle" TEXT,
    "name" TEXT NOT NULL,
    "headline" TEXT NOT NULL DEFAULT '',
    "location" TEXT NOT NULL DEFAULT '',
    "about" TEXT NOT NULL DEFAULT '',
    "open_to_work" BOOLEAN NOT NULL DEFAULT false,
    "experience" JSONB NOT NULL DEFAULT '[]',
    "education" JSONB NOT NULL DEFAULT '[]',
    "languages" JSONB NOT NULL DEFAULT '[]',
    "skills" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "skill_keys" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "visibility" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "profile_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "handle" (
    "name" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "handle_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "erasure" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,
    "removed" JSONB NOT NULL,

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "profile_handle_key" ON "profile"("handle");

-- CreateIndex
CREATE INDEX "profile_created_at_user_id_idx" ON "profile"("created_at" DESC, "user_id" DESC);

-- CreateIndex
CREATE INDEX "profile_skill_keys_idx" ON "profile" USING GIN ("skill_keys");

-- CreateIndex
CREATE INDEX "handle_user_id_idx" ON "handle"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "erasure_user_id_key" ON "erasure"("user_id");

-- AddForeignKey
ALTER TABLE "handle" ADD CONSTRAINT "handle_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "profile"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;
