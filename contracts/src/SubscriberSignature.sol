// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISignatureVerifier} from "./interfaces/ISignatureVerifier.sol";

/// @notice Whether an account signed a digest: a key (EIP-7702 or not), a smart wallet, or one not deployed yet.
library SubscriberSignature {
    /// Where SignatureVerifier is on every chain; a test compares. Nobody there: no ERC-6492 signature is valid.
    ISignatureVerifier internal constant VERIFIER = ISignatureVerifier(0x21C58034e9F7aA302166fBcd8b35e6dC22746208);
    /// What an ERC-6492 signature ends with.
    bytes32 private constant MARK = 0x6492649264926492649264926492649264926492649264926492649264926492;
    uint256 private constant HIGHEST_S = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;
    bytes4 private constant VALID = 0x1626ba7e;

    function isValid(address signer, bytes32 digest, bytes calldata signature) internal returns (bool) {
        if (signature.length == 65) {
            address recovered = _recover(digest, signature);
            if (recovered == signer && recovered != address(0)) return true;
        }
        if (signature.length > 32 && bytes32(signature[signature.length - 32:]) == MARK) {
            return _isValidBeforeDeployment(signer, digest, signature);
        }
        if (signer.code.length == 0) return false;
        (bool success, bytes memory answer) = signer.staticcall(abi.encodeWithSelector(VALID, digest, signature));
        return success && answer.length >= 32 && bytes32(answer) == bytes32(VALID);
    }

    /// @return signer The zero address for none.
    function _recover(bytes32 digest, bytes calldata signature) private pure returns (address signer) {
        bytes32 r;
        bytes32 s;
        uint8 v;
        assembly ("memory-safe") {
            r := calldataload(signature.offset)
            s := calldataload(add(signature.offset, 0x20))
            v := byte(0, calldataload(add(signature.offset, 0x40)))
        }
        if (uint256(s) <= HIGHEST_S) signer = ecrecover(digest, v, r, s);
    }

    function _isValidBeforeDeployment(address signer, bytes32 digest, bytes calldata signature) private returns (bool) {
        (bool success, bytes memory answer) =
            address(VERIFIER).call(abi.encodeCall(ISignatureVerifier.verify, (signer, digest, signature)));
        return success && answer.length >= 32 && uint256(bytes32(answer)) == 1;
    }
}
