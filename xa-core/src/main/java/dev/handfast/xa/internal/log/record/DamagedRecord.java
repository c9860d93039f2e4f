package dev.handfast.xa.internal.log.record;

import dev.handfast.xa.spi.Gtrid;

/**
 * A record of the log that cannot be read, or that no transaction manager of ours wrote. It is kept
 * as it is; the branches of its transaction are left alone.
 *
 * @param gtrid of its transaction, empty if not even that can be told
 * @param place where it is, for a reader
 * @param reason what is wrong with it
 */
public record DamagedRecord(Gtrid gtrid, String place, String reason) {}
