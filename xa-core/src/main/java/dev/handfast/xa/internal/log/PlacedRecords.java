package dev.handfast.xa.internal.log;

/** Records that stand in slots. */
interface PlacedRecords extends RecordStore {

  /** Forgets a damaged record, by its first slot; forced when it returns. */
  void free(int head);
}
