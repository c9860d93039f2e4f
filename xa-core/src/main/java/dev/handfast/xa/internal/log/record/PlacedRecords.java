package dev.handfast.xa.internal.log.record;

/** Records that stand in slots. */
public interface PlacedRecords extends RecordStore {

  /** Forgets a damaged record, by its first slot; forced when it returns. */
  void free(int head);
}
