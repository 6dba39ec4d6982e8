-- CreateTable
CREATE TABLE "erased_candidate" (
    "candidate_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erased_candidate_pkey" PRIMARY KEY ("candidate_id")
);
