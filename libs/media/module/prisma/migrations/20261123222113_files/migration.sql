-- CreateTable
CREATE TABLE "file" (
    "id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "owner_module" TEXT NOT NULL,
    "owner_kind" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "user_id" UUID,
    "company_id" UUID,
    "account" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "alt" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "max_seconds" INTEGER,
    "kind" TEXT,
    "media_type" TEXT,
    "sha256" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "seconds" DOUBLE PRECISION,
    "blurhash" TEXT,
    "facts" JSONB,
    "transcoded" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "unkept_since" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" TEXT NOT NULL,
    "file_id" UUID NOT NULL,
    "bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "lock_owner" UUID,
    "lock_until" TIMESTAMPTZ(3),
    "lock_wanted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "keeping" (
    "file_id" UUID NOT NULL,
    "owner_module" TEXT NOT NULL,
    "owner_kind" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,

    CONSTRAINT "keeping_pkey" PRIMARY KEY ("file_id","owner_module","owner_kind","owner_id")
);

-- CreateTable
CREATE TABLE "step" (
    "file_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "percent" INTEGER,
    "failure" JSONB,

    CONSTRAINT "step_pkey" PRIMARY KEY ("file_id","name")
);

-- CreateTable
CREATE TABLE "rendition" (
    "file_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "object_key" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "listed" BOOLEAN NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "rendition_pkey" PRIMARY KEY ("file_id","name")
);

-- CreateTable
CREATE TABLE "blob" (
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "references" INTEGER NOT NULL,

    CONSTRAINT "blob_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "erased_file" (
    "file_id" UUID NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erased_file_pkey" PRIMARY KEY ("file_id")
);

-- CreateIndex
CREATE INDEX "file_user_id_id_idx" ON "file"("user_id", "id" DESC);

-- CreateIndex
CREATE INDEX "file_account_idx" ON "file"("account");

-- CreateIndex
CREATE INDEX "file_owner_module_owner_kind_owner_id_idx" ON "file"("owner_module", "owner_kind", "owner_id");

-- CreateIndex
CREATE INDEX "file_unkept_since_idx" ON "file"("unkept_since");

-- CreateIndex
CREATE UNIQUE INDEX "upload_file_id_key" ON "upload"("file_id");

-- CreateIndex
CREATE INDEX "upload_expires_at_idx" ON "upload"("expires_at");

-- CreateIndex
CREATE INDEX "keeping_owner_module_owner_kind_owner_id_idx" ON "keeping"("owner_module", "owner_kind", "owner_id");

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "keeping" ADD CONSTRAINT "keeping_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step" ADD CONSTRAINT "step_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rendition" ADD CONSTRAINT "rendition_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file"("id") ON DELETE CASCADE ON UPDATE CASCADE;
