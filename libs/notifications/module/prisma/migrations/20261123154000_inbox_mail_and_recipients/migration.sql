-- CreateEnum
CREATE TYPE "mail_status" AS ENUM ('queued', 'waiting', 'sending', 'sent', 'failed');

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "subject" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "user_id" UUID,
    "address" TEXT,
    "type" TEXT NOT NULL,
    "facts" JSONB,
    "status" "mail_status" NOT NULL,
    "response" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recipient" (
    "user_id" UUID NOT NULL,
    "email" TEXT,
    "email_version" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT,

    CONSTRAINT "recipient_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "member" (
    "company_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT,
    "version" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_pkey" PRIMARY KEY ("company_id","user_id")
);

-- CreateTable
CREATE TABLE "announcement" (
    "entry_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "company_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,
    "subject" JSONB NOT NULL,
    "mail_to" UUID,
    "acted_by" UUID,

    CONSTRAINT "announcement_pkey" PRIMARY KEY ("entry_id","type")
);

-- CreateTable
CREATE TABLE "preference" (
    "user_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,

    CONSTRAINT "preference_pkey" PRIMARY KEY ("user_id","type","channel")
);

-- CreateIndex
CREATE INDEX "notification_user_id_id_idx" ON "notification"("user_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notification_user_id_entry_id_type_key" ON "notification"("user_id", "entry_id", "type");

-- CreateIndex
CREATE INDEX "mail_user_id_status_idx" ON "mail"("user_id", "status");

-- CreateIndex
CREATE INDEX "mail_status_updated_at_idx" ON "mail"("status", "updated_at");

-- CreateIndex
CREATE UNIQUE INDEX "mail_entry_id_recipient_type_key" ON "mail"("entry_id", "recipient", "type");

-- CreateIndex
CREATE INDEX "announcement_company_id_occurred_at_idx" ON "announcement"("company_id", "occurred_at");

-- CreateIndex
CREATE INDEX "announcement_occurred_at_idx" ON "announcement"("occurred_at");
