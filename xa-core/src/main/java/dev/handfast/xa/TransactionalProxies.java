package dev.handfast.xa;

/**
 * Makes the proxies of {@link Handfast#transactional}; found by {@link java.util.ServiceLoader}, in
 * the module {@code handfast-xa-transactional}.
 */
public interface TransactionalProxies {

  /** Makes a proxy as {@link Handfast#transactional} says. */
  <T> T proxy(Handfast handfast, Class<T> type, T target);
}
