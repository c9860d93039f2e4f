/**
 * What a method says of its transaction beside {@link jakarta.transaction.Transactional}. The
 * proxies that read it are made by {@link dev.handfast.xa.Handfast#transactional}.
 */
@NullMarked
package dev.handfast.xa.transactional;

import org.jspecify.annotations.NullMarked;
