/**
 * What annotations mean, once for every way to call an annotated method ({@code
 * MethodTransaction}), and the proxies of plain Java.
 */
@NullMarked
package dev.handfast.xa.transactional.internal;

import org.jspecify.annotations.NullMarked;
