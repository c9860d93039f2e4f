package dev.handfast.xa.recovery;

import java.io.Serializable;

/**
 * What is known of one branch after its transaction ended.
 *
 * @param resource the resource's name
 * @param bqual the branch qualifier in hexadecimal
 * @param state one of {@code PREPARED}, {@code COMMITTED}, {@code ROLLED_BACK}, {@code READ_ONLY},
 *     {@code HEURISTIC}, {@code UNKNOWN} …, as in {@code dev.handfast.xa.spi.BranchState}
 */
public record BranchOutcome(String resource, String bqual, String state) implements Serializable {}
