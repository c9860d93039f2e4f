package dev.handfast.xa.internal.recovery;

/**
 * Whose recovery it is.
 *
 * @param name the node name
 * @param suffix what every Xid of ours ends with, {@code NAME~STOREID}
 * @param ownership tells whose a branch is
 */
public record NodeId(String name, String suffix, XidOwnership ownership) {}
