// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISignatureVerifier} from "./interfaces/ISignatureVerifier.sol";

/// @title The implementation of ISignatureVerifier, where what it promises is written down
contract SignatureVerifier is ISignatureVerifier {
    uint256 private constant MARK_LENGTH = 32;
    bytes4 private constant VALID = 0x1626ba7e;

    /// @inheritdoc ISignatureVerifier
    function verify(address signer, bytes32 hash, bytes calldata signature) external returns (bool) {
        (address factory, bytes memory deployment, bytes memory inner) =
            abi.decode(signature[:signature.length - MARK_LENGTH], (address, bytes, bytes));
        if (signer.code.length != 0 && _isValid(signer, hash, inner)) return true;
        // Whether it worked shows in what the wallet answers.
        (bool success,) = factory.call(deployment);
        success;
        return signer.code.length != 0 && _isValid(signer, hash, inner);
    }

    function _isValid(address signer, bytes32 hash, bytes memory signature) private view returns (bool) {
        (bool success, bytes memory answer) = signer.staticcall(abi.encodeWithSelector(VALID, hash, signature));
        return success && answer.length >= 32 && bytes32(answer) == bytes32(VALID);
    }
}
