package dev.handfast.xa.recovery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One resource manager as recovery knows it.
 *
 * @param name the resource's name
 * @param kind {@code datasource}, {@code jms}
 * @param reachable whether the last call to it was answered
 * @param lastScan when its in-doubt branches were last listed, or null
 * @param inDoubt how many of this node's branches it listed then, without those of transactions
 *     that were running: these are between their vote and their end, and wait for nobody
 * @param quarantined how many it listed that carry this node's name but another store's id or an
 *     unrecorded start; they are left alone
 */
public record ResourceStatus(
    String name,
    String kind,
    boolean reachable,
    @Nullable Instant lastScan,
    int inDoubt,
    int quarantined) {}
