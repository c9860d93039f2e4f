/**
 * What {@code @Transactional} means, as tests that every way to call an annotated method extends.
 */
@NullMarked
package dev.handfast.xa.testkit.transactional;

import org.jspecify.annotations.NullMarked;
