package dev.handfast.xa.spi;

/**
 * Who a resource manager says it is.
 *
 * @param id what stays the same over restarts and differs between instances: broker node id,
 *     database id
 * @param product for example {@code H2}
 * @param version as the resource manager reports it
 */
public record RmIdentity(String id, String product, String version) {}
